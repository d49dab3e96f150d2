-- How the server is, for a statusline: `%{v:lua.require'corroborate.status'.line()}`.

local corroborate = require('corroborate')

local M = {}

-- What each client's server said last, by the client's number.
local statuses = {}

--- Takes what the server says.
---@param client_id integer
---@param status table
function M.update(client_id, status)
  statuses[client_id] = status
  vim.cmd.redrawstatus({ bang = true })
end

--- What a client's server said last.
---@param client_id integer
---@return table?
function M.of(client_id)
  return statuses[client_id]
end

--- What the server of a buffer said last; nil before it said anything.
---@param bufnr integer?
---@return table?
function M.get(bufnr)
  local client = corroborate.client(bufnr)
  return client and statuses[client.id]
end

--- A few words on the current buffer; empty where there is no client.
---@return string
function M.line()
  local status = M.get()
  if not status then
    return ''
  end
  if not status.quiescent then
    return 'corroborate: reading sources'
  end
  local counts = {}
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    if diagnostic.source == 'corroborate' then
      counts[diagnostic.severity] = (counts[diagnostic.severity] or 0) + 1
    end
  end
  local severity = vim.diagnostic.severity
  local errors, warnings = counts[severity.ERROR] or 0, counts[severity.WARN] or 0
  local health = status.health == 'ok' and '' or ' (!)'
  return ('corroborate: %dE %dW, %d sources%s'):format(errors, warnings, status.sources, health)
end

return M
