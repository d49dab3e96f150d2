-- Does in a real Neovim what a user does with a note, and looks at what the
-- editor shows for it. Prints one line for each check; the exit status is 1 when
-- one failed.
--
--   CORROBORATE_BIN=… CORROBORATE_REPO=… CORROBORATE_WORKSPACE=… \
--     nvim --headless --clean -n -i NONE -S neovim.lua -c cquit
--
-- CORROBORATE_BIN is the server, CORROBORATE_REPO the checkout with the plugin,
-- CORROBORATE_WORKSPACE a copy of examples/port-ansel that may be written to.
-- `cargo test --test neovim` prepares all three.
--
-- With CORROBORATE_ERRAND it is a second Neovim, which a check of the first one
-- starts to see what becomes of the server when Neovim ends: it prints the
-- server's process id, and then quits ("quit") or waits to be killed ("wait").

local uv = vim.uv
local LIMIT = 10000 -- ms: an answer that takes longer is none
local EXIT_LIMIT = 2000 -- ms: for the server to be gone
local NOTE = 'notes/01-port-inquiry.md'
local SOURCE = 'sources/0101_port_ansel_outage.txt'
local SENTENCE = 'The Harbour Safety Commission opened its inquiry on 14 March 2024'

local function given(name)
  local value = vim.env[name]
  assert(value and uv.fs_stat(value), name .. ' does not name a file or folder')
  return uv.fs_realpath(value)
end

local server = given('CORROBORATE_BIN')
local plugin = vim.fs.joinpath(given('CORROBORATE_REPO'), 'editors/neovim')
local workspace = given('CORROBORATE_WORKSPACE')
local this_script = vim.fs.normalize(debug.getinfo(1, 'S').source:sub(2))

local function say(line)
  io.stdout:write(line, '\n')
  io.stdout:flush()
end

-- Waiting ---------------------------------------------------------------------

local function within(limit, what, condition)
  local value
  local found = vim.wait(limit, function()
    value = condition()
    return value
  end, 10)
  if not found then
    error(('not within %d ms: %s'):format(limit, type(what) == 'function' and what() or what), 0)
  end
  return value
end

--- A process that has ended may stay in the table until its parent looks.
local function is_running(pid)
  local stat = io.open('/proc/' .. pid .. '/stat')
  if stat then
    local state = (stat:read('*a') or ''):match('^.*%) (%a)')
    stat:close()
    return state ~= nil and state ~= 'Z' and state ~= 'X'
  end
  return uv.kill(pid, 0) == 0
end

local function expect_gone(pid)
  local from = uv.hrtime()
  within(EXIT_LIMIT, 'the end of the server process', function()
    return not is_running(pid)
  end)
  return ('after %d ms'):format((uv.hrtime() - from) / 1e6)
end

-- What is on the screen -------------------------------------------------------

local function client_of(bufnr)
  return vim.lsp.get_clients({ bufnr = bufnr, name = 'corroborate' })[1]
end

local function server_process()
  return within(LIMIT, 'a server process', function()
    local children = vim.api.nvim_get_proc_children(uv.os_getpid())
    return #children == 1 and children[1]
  end)
end

local function text_of(bufnr, diagnostic)
  local got, lines =
    pcall(vim.api.nvim_buf_get_text, bufnr, diagnostic.lnum, diagnostic.col, diagnostic.end_lnum, diagnostic.end_col, {})
  return got and table.concat(lines, '\n') or '(outside of the text)'
end

local function described(bufnr)
  local list = {}
  for _, diagnostic in ipairs(vim.diagnostic.get(bufnr)) do
    table.insert(list, ('%s “%s”'):format(diagnostic.code, text_of(bufnr, diagnostic)))
  end
  return #list == 0 and 'no diagnostics' or table.concat(list, '; ')
end

local function find_diagnostic(bufnr, code, text)
  for _, diagnostic in ipairs(vim.diagnostic.get(bufnr)) do
    if diagnostic.code == code and text_of(bufnr, diagnostic) == text then
      return diagnostic
    end
  end
end

local function float()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then
      return window
    end
  end
end

--- Puts the cursor on the first letter of `text`, or of `word` within it.
local function go_to(text, word)
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  local line = vim.fn.search([[\V]] .. text, 'cW')
  assert(line > 0, 'the note has no “' .. text .. '”')
  if word then
    assert(vim.fn.search([[\V]] .. word, 'cW', line) > 0, 'no “' .. word .. '” there')
  end
end

-- The checks ------------------------------------------------------------------

local notices = {}
vim.notify = function(message, level)
  table.insert(notices, { message = tostring(message), level = level or vim.log.levels.INFO })
end

vim.opt.runtimepath:prepend(plugin)
vim.cmd.runtime('plugin/corroborate.lua')
vim.cmd.filetype('on')
if vim.lsp.enable then
  vim.lsp.config('corroborate', { cmd = { server, 'lsp' } })
  vim.lsp.enable('corroborate')
else
  -- Neovim 0.10: the plugin starts what is on the PATH
  vim.env.PATH = vim.fs.dirname(server) .. ':' .. vim.env.PATH
end

local function open_note()
  vim.cmd('silent edit ' .. vim.fn.fnameescape(vim.fs.joinpath(workspace, NOTE)))
  return vim.api.nvim_get_current_buf()
end

local function attached(bufnr)
  return within(LIMIT, 'a client that is initialized', function()
    local client = client_of(bufnr)
    return client and client.initialized and client
  end)
end

if vim.env.CORROBORATE_ERRAND then
  local errand = vim.env.CORROBORATE_ERRAND
  attached(open_note())
  say('server ' .. server_process())
  vim.wait(errand == 'wait' and 60000 or 0)
  vim.cmd('qa!')
  return
end

local failures = 0
local function check(name, run)
  local ok, detail = pcall(run)
  failures = failures + (ok and 0 or 1)
  say(('%s  %s%s'):format(ok and 'ok    ' or 'FAILED', name, detail and (': ' .. tostring(detail)) or ''))
end

local note = open_note()
local august

check('the client attaches, with the folder that has sources/ as its root', function()
  local client = attached(note)
  local folder = client.root_dir or client.config.root_dir
  assert(uv.fs_realpath(folder) == workspace, 'the root is ' .. tostring(folder))
end)

check('“August”, and no more than that, is underlined as a number-conflict', function()
  august = within(LIMIT, function()
    return 'number-conflict “August”, but ' .. described(note)
  end, function()
    return find_diagnostic(note, 'number-conflict', 'August')
  end)
end)

check('all findings of the note are shown', function()
  within(LIMIT, function()
    return '20 diagnostics, but there are ' .. #vim.diagnostic.get(note)
  end, function()
    return #vim.diagnostic.get(note) == 20
  end)
end)

check('a source that another program changes counts at once', function()
  local file = vim.fs.joinpath(workspace, SOURCE)
  local lines = vim.fn.readfile(file)
  local changed = vim.tbl_map(function(line)
    return (line:gsub('end of September', 'end of August'))
  end, lines)
  vim.fn.writefile(changed, file)
  within(LIMIT, 'the end of the finding', function()
    return not find_diagnostic(note, 'number-conflict', 'August')
  end)
  vim.fn.writefile(lines, file)
  august = within(LIMIT, 'the finding again', function()
    return find_diagnostic(note, 'number-conflict', 'August')
  end)
end)

check('hover shows the passage and names its file', function()
  go_to(SENTENCE, 'inquiry')
  vim.lsp.buf.hover()
  local window = within(LIMIT, "the hover's window", float)
  local lines = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false)
  vim.api.nvim_win_close(window, true)
  local shown = table.concat(lines, ' '):gsub('%*%*', ''):gsub('%s+', ' ') -- bold is not seen as stars
  for _, words in ipairs({ 'opened an inquiry into the stoppage', vim.fs.basename(SOURCE) }) do
    assert(shown:find(words, 1, true), ('no “%s” in: %s'):format(words, shown))
  end
end)

check('definition jumps to the passage in the source, and back', function()
  go_to(SENTENCE, 'inquiry')
  local from = vim.api.nvim_win_get_cursor(0)
  vim.lsp.buf.definition()
  local target = vim.fs.joinpath(workspace, SOURCE)
  within(LIMIT, function()
    return 'the jump to ' .. SOURCE .. ', but the buffer is ' .. vim.api.nvim_buf_get_name(0)
  end, function()
    return uv.fs_realpath(vim.api.nvim_buf_get_name(0)) == target
  end)
  local line, column = unpack(vim.api.nvim_win_get_cursor(0))
  local there = vim.api.nvim_get_current_line():sub(column + 1)
  vim.cmd.normal({ vim.keycode('<C-o>'), bang = true })
  assert(line == 1, 'it went to line ' .. line)
  assert(vim.startswith(there, 'On Thursday, March 14, the Harbour Safety Commission'), 'it went to “' .. there:sub(1, 40) .. '”')
  assert(vim.deep_equal(vim.api.nvim_win_get_cursor(0), from), 'CTRL-O did not lead back')
end)

check('correcting the month ends the diagnostic', function()
  assert(august, 'there was none')
  go_to('August')
  vim.cmd.normal({ 'ciwSeptember', bang = true })
  local last = august.col + #'September'
  within(LIMIT, function()
    return 'nothing underlined there, but ' .. described(note)
  end, function()
    return not vim.iter(vim.diagnostic.get(note)):any(function(diagnostic)
      return diagnostic.lnum == august.lnum and diagnostic.col < last and diagnostic.end_col > august.col
    end)
  end)
end)

check('undo brings it back', function()
  assert(august, 'there was none')
  vim.cmd('silent undo')
  within(LIMIT, function()
    return 'number-conflict “August”, but ' .. described(note)
  end, function()
    return find_diagnostic(note, 'number-conflict', 'August')
  end)
end)

check('a scratch buffer, a nameless one and one of another plugin get no client', function()
  local scratch = vim.api.nvim_create_buf(false, true)
  local window = vim.api.nvim_open_win(scratch, false, { relative = 'editor', row = 0, col = 0, width = 20, height = 2 })
  vim.bo[scratch].filetype = 'markdown'
  local nameless = vim.api.nvim_create_buf(true, false)
  vim.bo[nameless].filetype = 'markdown'
  local foreign = vim.api.nvim_create_buf(true, false)
  vim.api.nvim_buf_set_name(foreign, 'archive://notes/a.md')
  vim.bo[foreign].filetype = 'markdown'
  vim.wait(500)
  vim.api.nvim_win_close(window, true)
  for what, bufnr in pairs({ scratch = scratch, nameless = nameless, foreign = foreign }) do
    assert(not client_of(bufnr), 'the ' .. what .. ' buffer got one')
    vim.api.nvim_buf_delete(bufnr, { force = true })
  end
end)

check('the root is the nearest folder with corroborate.toml, sources/ or .git', function()
  local outer = vim.fs.joinpath(workspace, 'tree')
  local inner = vim.fs.joinpath(outer, 'a/b')
  vim.fn.mkdir(inner, 'p')
  local bufnr = vim.fn.bufadd(vim.fs.joinpath(inner, 'note.md'))
  local function expect(folder)
    local root = require('corroborate').root(bufnr)
    assert(root == folder, ('%s instead of %s'):format(root, folder))
  end
  vim.fn.writefile({}, vim.fs.joinpath(inner, 'sources')) -- a file of that name holds no sources
  expect(workspace)
  vim.fn.mkdir(vim.fs.joinpath(outer, 'sources'))
  expect(outer)
  vim.fn.writefile({}, vim.fs.joinpath(outer, 'a/corroborate.toml'))
  expect(vim.fs.joinpath(outer, 'a'))
  vim.fn.mkdir(vim.fs.joinpath(inner, '.git'))
  expect(inner)
  vim.api.nvim_buf_delete(bufnr, { force = true })
  vim.fn.delete(outer, 'rf')
end)

check('completion offers the keys of sources', function()
  local client = attached(note)
  local line = vim.api.nvim_buf_line_count(note)
  vim.api.nvim_buf_set_lines(note, line, line, false, { '', 'It stopped [@0101' })
  vim.api.nvim_win_set_cursor(0, { line + 2, #'It stopped [@0101' })
  local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
  local answer = vim.lsp.buf_request_sync(note, 'textDocument/completion', params, LIMIT)
  local items = answer[client.id].result.items
  vim.cmd('silent undo')
  assert(items[1].label == '0101_port_ansel_outage', vim.inspect(items[1]))
end)

check('a quick fix puts the right month in', function()
  go_to('August')
  local before = vim.api.nvim_get_current_line()
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      return action.title:find('Replace “August”', 1, true) ~= nil
    end,
  })
  within(LIMIT, function()
    return 'another line than ' .. vim.api.nvim_get_current_line()
  end, function()
    return not vim.api.nvim_get_current_line():find('August', 1, true)
  end)
  vim.cmd('silent undo')
  assert(vim.api.nvim_get_current_line() == before)
end)

check('rename gives a citation key another name, here and in the bibliography', function()
  go_to('[@0101_port', '0101')
  vim.lsp.buf.rename('outage')
  within(LIMIT, 'the new key in the note', function()
    return vim.api.nvim_get_current_line():find('[@outage]', 1, true)
  end)
  local bibliography = vim.fn.bufnr(vim.fs.joinpath(workspace, 'refs.bib'))
  local entries = table.concat(vim.api.nvim_buf_get_lines(bibliography, 0, -1, false), '\n')
  assert(entries:find('{outage,', 1, true), entries)
  for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
    if bufnr ~= note and vim.bo[bufnr].modified then
      vim.api.nvim_buf_delete(bufnr, { force = true })
    end
  end
  vim.cmd('silent undo')
  within(LIMIT, 'the old findings', function()
    return find_diagnostic(note, 'number-conflict', 'August')
  end)
end)

check(':Corroborate next and prev go from finding to finding', function()
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  vim.cmd('Corroborate next')
  local first = vim.api.nvim_win_get_cursor(0)
  assert(first[1] > 1, 'the cursor did not move')
  vim.cmd('Corroborate next')
  assert(not vim.deep_equal(vim.api.nvim_win_get_cursor(0), first), 'there is no second one')
  vim.cmd('Corroborate prev')
  assert(vim.deep_equal(vim.api.nvim_win_get_cursor(0), first), 'it did not lead back')
  vim.cmd('Corroborate findings')
  local listed = vim.fn.getqflist()
  vim.cmd('cclose')
  assert(#listed > 3, #listed .. ' findings are listed')
end)

check(':Corroborate evidence follows the cursor and opens sources', function()
  go_to(SENTENCE, 'inquiry')
  vim.cmd('Corroborate evidence')
  local view = vim.fn.bufnr('corroborate://evidence')
  local function shown()
    return table.concat(vim.api.nvim_buf_get_lines(view, 0, -1, false), '\n')
  end
  within(LIMIT, function()
    return 'the passage, but: ' .. shown()
  end, function()
    return vim.startswith(shown(), 'supported') and shown():find('opened an inquiry into the stoppage', 1, true)
  end)
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  vim.api.nvim_exec_autocmds('CursorMoved', { buffer = note })
  within(LIMIT, function()
    return 'nothing about the front matter, but: ' .. shown()
  end, function()
    return shown() == 'No sentence here.'
  end)
  vim.cmd('Corroborate evidence')
  assert(vim.fn.bufnr('corroborate://evidence') == -1, 'the view is still there')
end)

check(':Corroborate explain shows how a sentence was judged', function()
  go_to(SENTENCE, 'inquiry')
  vim.cmd('Corroborate explain')
  within(LIMIT, function()
    return 'an explanation, but the buffer is ' .. vim.api.nvim_buf_get_name(0)
  end, function()
    return vim.api.nvim_buf_get_name(0):find('explanation.md', 1, true)
  end)
  vim.cmd.bwipeout({ bang = true })
  vim.api.nvim_set_current_buf(note)
end)

check('the statusline says how the note stands', function()
  local line = within(LIMIT, 'a status', function()
    local line = require('corroborate.status').line()
    return line:find('sources', 1, true) and line:find('E ', 1, true) and line
  end)
  assert(line:match('^corroborate: %d+E %d+W, 15 sources'), line)
end)

check(':checkhealth corroborate has no errors', function()
  vim.cmd('silent checkhealth corroborate')
  local lines = vim.api.nvim_buf_get_lines(0, 0, -1, false)
  vim.cmd.bwipeout({ bang = true })
  local report = table.concat(lines, '\n')
  for _, line in ipairs(lines) do
    assert(not line:find('ERROR', 1, true), line)
  end
  for _, words in ipairs({ server, workspace, '15 files', NOTE }) do
    assert(report:find(words, 1, true), ('no “%s” in:\n%s'):format(words, report))
  end
end)

check('the editor showed no error message', function()
  for _, notice in ipairs(notices) do
    assert(notice.level < vim.log.levels.ERROR, notice.message)
  end
end)

check('the server ends when the client is stopped', function()
  local pid = server_process()
  for _, client in ipairs(vim.lsp.get_clients({ name = 'corroborate' })) do
    if vim.fn.has('nvim-0.11') == 1 then
      client:stop()
    else
      client.stop()
    end
  end
  return expect_gone(pid)
end)

--- Starts a second Neovim on an errand, and gives its server's process id.
local function second_neovim(errand)
  local output = ''
  local process = vim.system({ vim.v.progpath, '--headless', '--clean', '-n', '-i', 'NONE', '-S', this_script, '-c', 'cquit' }, {
    env = { CORROBORATE_ERRAND = errand },
    stdout = function(_, data)
      output = output .. (data or '')
    end,
  })
  local pid = within(LIMIT, function()
    return 'the second Neovim, which said: ' .. output
  end, function()
    return tonumber(output:match('server (%d+)\n'))
  end)
  return process, pid
end

check('the server ends when Neovim quits', function()
  local _, pid = second_neovim('quit')
  return expect_gone(pid)
end)

check('the server ends when Neovim is killed', function()
  local process, pid = second_neovim('wait')
  assert(is_running(pid), 'it ended before')
  process:kill(9)
  return expect_gone(pid)
end)

say(failures == 0 and 'all checks passed' or failures .. ' failed')
vim.cmd(failures == 0 and 'qa!' or 'cquit 1')
