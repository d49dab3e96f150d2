-- What the client's configuration, the health check and the fallback for
-- Neovim 0.10 share: which buffers are notes, and where their workspace begins.
-- Everything about claims and sources is the server's.

local M = {}

-- A server of the same minor version understands this plugin.
M.version = '0.1.0'

-- What marks the root of a workspace, as the server itself sees it: the nearest
-- folder with any of these.
local markers = {
  { name = 'corroborate.toml', type = 'file' },
  { name = 'sources', type = 'directory' },
  { name = '.git' }, -- a file in work trees and submodules
}

--- Whether a buffer is a file that somebody edits. A hover's window has the
--- filetype markdown as well, and other plugins show notes under names such as
--- `oil://…`.
---@param bufnr integer
---@return boolean
function M.is_file(bufnr)
  local name = vim.api.nvim_buf_get_name(bufnr)
  return vim.bo[bufnr].buftype == '' and name ~= '' and not name:match('^%a[%w+.-]+://')
end

--- The workspace's folder for a buffer, and the marker found there; nil where
--- there is none at or above the file.
---@param bufnr integer
---@return string? folder, string? marker
function M.root(bufnr)
  local path = vim.fs.normalize(vim.fn.fnamemodify(vim.api.nvim_buf_get_name(bufnr), ':p'))
  local nearest, mark
  for _, marker in ipairs(markers) do
    local found = vim.fs.find(marker.name, { upward = true, path = vim.fs.dirname(path), type = marker.type })[1]
    local folder = found and vim.fs.dirname(found)
    if folder and (not nearest or #folder > #nearest) then
      nearest, mark = folder, marker.name
    end
  end
  return nearest, mark
end

--- Whether a file is one that the server made for reading: the text of a PDF or a mail, or a report.
---@param bufnr integer
---@return boolean
function M.is_rendition(bufnr)
  local hash = vim.fs.normalize(vim.api.nvim_buf_get_name(bufnr)):match('%-(%x+)/renditions/')
  return hash ~= nil and #hash == 16
end

--- The client's configuration as this Neovim has it: with what the user has
--- changed by `vim.lsp.config()`, where there is such a thing.
---@return table?
function M.config()
  if vim.lsp.config then
    return vim.lsp.config.corroborate
  end
  local file = vim.api.nvim_get_runtime_file('lsp/corroborate.lua', false)[1]
  return file and dofile(file)
end

--- The client of a buffer, the current one by default.
---@param bufnr integer?
---@return vim.lsp.Client?
function M.client(bufnr)
  return vim.lsp.get_clients({ bufnr = bufnr or vim.api.nvim_get_current_buf(), name = 'corroborate' })[1]
end

--- Sends a request about the cursor's place. `done` gets the result, which may be nil.
---@param method string
---@param done fun(result: any)
---@param bufnr integer?
function M.ask_here(method, done, bufnr)
  bufnr = bufnr or vim.api.nvim_get_current_buf()
  local client = M.client(bufnr)
  if client then
    local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
    M.ask(client, method, params, done, bufnr)
  end
end

--- Sends a request. Neovim 0.10 has another way to call a client.
function M.ask(client, method, params, done, bufnr)
  local function answer(failure, result)
    if not failure then
      done(result)
    end
  end
  if vim.fn.has('nvim-0.11') == 1 then
    client:request(method, params, answer, bufnr)
  else
    client.request(method, params, answer, bufnr)
  end
end

return M
