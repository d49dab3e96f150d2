-- `:Corroborate`, which exists only in buffers with the client.

local corroborate = require('corroborate')

local M = {}

local function severities(options)
  -- Findings that are only information are not stepped through, unless they are asked for.
  return options.bang and {} or { min = vim.diagnostic.severity.WARN }
end

local function is_ours(diagnostic)
  return diagnostic.source == 'corroborate'
end

--- Puts the cursor on the next or previous finding.
local function jump(count, options)
  local here = vim.api.nvim_win_get_cursor(0)
  local at = { here[1] - 1, here[2] }
  local found = vim.tbl_filter(is_ours, vim.diagnostic.get(0, { severity = severities(options) }))
  table.sort(found, function(a, b)
    return a.lnum < b.lnum or a.lnum == b.lnum and a.col < b.col
  end)
  local function is_behind(d)
    return d.lnum > at[1] or d.lnum == at[1] and d.col > at[2]
  end
  local function is_before(d)
    return d.lnum < at[1] or d.lnum == at[1] and d.col < at[2]
  end
  local target
  if count > 0 then
    target = vim.iter(found):find(is_behind) or found[1]
  else
    target = vim.iter(found):rev():find(is_before) or found[#found]
  end
  if not target then
    vim.notify('corroborate: no findings in this note')
    return
  end
  vim.cmd("normal! m'")
  vim.api.nvim_win_set_cursor(0, { target.lnum + 1, target.col })
  vim.diagnostic.open_float({ scope = 'cursor', focus = false })
end

local function execute(command, arguments, done)
  local client = corroborate.client()
  if client then
    corroborate.ask(client, 'workspace/executeCommand', { command = command, arguments = arguments }, done or function() end, 0)
  end
end

local commands = {
  --- How the sentence at the cursor was judged. The server has it shown.
  explain = function()
    local client = corroborate.client()
    if client then
      local place = vim.lsp.util.make_position_params(0, client.offset_encoding)
      execute('corroborate.explain', { { uri = place.textDocument.uri, position = place.position } })
    end
  end,
  evidence = function()
    require('corroborate.evidence').toggle()
  end,
  report = function()
    execute('corroborate.showReport', {})
  end,
  --- The proof of this note, as a page that the browser shows.
  proof = function()
    execute('corroborate.writeProof', { { uri = vim.uri_from_bufnr(0) } }, function(written)
      if written then
        vim.ui.open(vim.uri_to_fname(written.uri))
      end
    end)
  end,
  reindex = function()
    execute('corroborate.reindex', {})
  end,
  next = function(options)
    jump(1, options)
  end,
  prev = function(options)
    jump(-1, options)
  end,
  --- All findings of the note in the quickfix list.
  findings = function(options)
    local found = vim.tbl_filter(is_ours, vim.diagnostic.get(0, { severity = severities(options) }))
    vim.fn.setqflist({}, ' ', { title = 'corroborate', items = vim.diagnostic.toqflist(found) })
    vim.cmd(#found > 0 and 'copen' or 'cclose')
  end,
}

--- Gives a buffer the command.
---@param bufnr integer
function M.create(bufnr)
  local names = vim.tbl_keys(commands)
  table.sort(names)
  vim.api.nvim_buf_create_user_command(bufnr, 'Corroborate', function(options)
    local run = commands[options.args]
    if run then
      run(options)
    else
      vim.notify(('corroborate: no command “%s”; there are %s'):format(options.args, table.concat(names, ', ')), vim.log.levels.ERROR)
    end
  end, {
    nargs = 1,
    bang = true,
    desc = 'Evidence, findings and the library of this note',
    complete = function(start)
      return vim.tbl_filter(function(name)
        return vim.startswith(name, start)
      end, names)
    end,
  })
end

return M
