-- Gives each buffer that the client is attached to its `:Corroborate` command. Neovim 0.10 has no
-- `vim.lsp.enable()`; there, and only there, this also starts the client, unless
-- `vim.g.corroborate_autostart` is false.
if vim.g.loaded_corroborate then
  return
end
vim.g.loaded_corroborate = true

local group = vim.api.nvim_create_augroup('corroborate', {})

vim.api.nvim_create_autocmd('LspAttach', {
  group = group,
  callback = function(event)
    local client = vim.lsp.get_client_by_id(event.data.client_id)
    if client and client.name == 'corroborate' then
      require('corroborate.commands').create(event.buf)
    end
  end,
})

if vim.lsp.enable then
  return
end

vim.api.nvim_create_autocmd('FileType', {
  group = group,
  pattern = 'markdown',
  callback = function(event)
    if vim.g.corroborate_autostart == false then
      return
    end
    local config = assert(require('corroborate').config(), 'corroborate: lsp/corroborate.lua is missing')
    if vim.fn.executable(config.cmd[1]) == 0 then
      return -- :checkhealth corroborate tells
    end
    config.name = 'corroborate'
    -- Later versions add what is given here to their own; this one takes nothing else.
    config.capabilities =
      vim.tbl_deep_extend('force', vim.lsp.protocol.make_client_capabilities(), config.capabilities)
    config.root_dir(event.buf, function(folder)
      config.root_dir = folder
      vim.lsp.start(config, { bufnr = event.buf })
    end)
  end,
})
