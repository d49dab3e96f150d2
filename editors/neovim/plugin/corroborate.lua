-- Neovim 0.10 has no `vim.lsp.enable()`. There, and only there, this starts the
-- client, unless `vim.g.corroborate_autostart` is false.
if vim.lsp.enable or vim.g.loaded_corroborate then
  return
end
vim.g.loaded_corroborate = true

vim.api.nvim_create_autocmd('FileType', {
  group = vim.api.nvim_create_augroup('corroborate', {}),
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
    config.root_dir(event.buf, function(folder)
      config.root_dir = folder
      vim.lsp.start(config, { bufnr = event.buf })
    end)
  end,
})
