-- The client's configuration, for `vim.lsp.enable('corroborate')`.
-- Change any of it with `vim.lsp.config('corroborate', { … })`.

--- The program to start. No file of a workspace has a say in this. Neovim on
--- Windows looks into the current folder before $PATH, so there the lookup is
--- done here.
local function program()
  if vim.fn.has('win32') == 0 then
    return 'corroborate'
  end
  for folder in vim.gsplit(vim.env.PATH or '', ';', { plain = true, trimempty = true }) do
    local file = vim.fs.joinpath(folder, 'corroborate.exe')
    if folder:match('^%a:[/\\]') and vim.fn.executable(file) == 1 then
      return file
    end
  end
  -- Not there: name a file that only the user could have put in its place.
  return vim.fs.joinpath(vim.fn.stdpath('data'), 'corroborate.exe')
end

return {
  cmd = { program(), 'lsp' },
  filetypes = { 'markdown' },
  capabilities = { experimental = { corroborateStatus = true } },
  handlers = {
    ['corroborate/status'] = function(_, status, context)
      require('corroborate.status').update(context.client_id, status)
    end,
  },
  -- A buffer for which `on_dir` is not called gets no client.
  root_dir = function(bufnr, on_dir)
    local corroborate = require('corroborate')
    if corroborate.is_rendition(bufnr) then
      -- The server that made it knows which notes rest on it.
      local client = vim.lsp.get_clients({ name = 'corroborate' })[1]
      if client then
        on_dir(client.root_dir or client.config.root_dir)
      end
    elseif corroborate.is_file(bufnr) then
      on_dir((corroborate.root(bufnr)))
    end
  end,
}
