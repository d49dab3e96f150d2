-- :checkhealth corroborate

local corroborate = require('corroborate')
local health = vim.health

local M = {}

-- Enough to tell that sources are there; nobody waits for more.
local MANY = 10000

local function check_neovim()
  local version = tostring(vim.version())
  if vim.fn.has('nvim-0.11') == 1 then
    health.ok('Neovim ' .. version)
  elseif vim.fn.has('nvim-0.10') == 1 then
    health.info('Neovim ' .. version .. ' has no vim.lsp.enable(): the plugin starts the client itself.')
  else
    health.error('Neovim ' .. version .. ' is too old.', 'Use Neovim 0.11 or later.')
  end
end

local function check_enabled()
  if not vim.lsp.enable then
    if vim.g.corroborate_autostart == false then
      health.info('vim.g.corroborate_autostart is false: the client is not started by itself.')
    end
  elseif vim.lsp.is_enabled then
    if vim.lsp.is_enabled('corroborate') then
      health.ok("vim.lsp.enable('corroborate') was called.")
    else
      health.warn('The client is not enabled.', "Put `vim.lsp.enable('corroborate')` into your init.lua.")
    end
  end
end

--- The number between the first two dots is what counts: `0.1.x` fits `0.1.y`.
local function series(version)
  return version:match('^(%d+%.%d+)%.')
end

local function check_program(config)
  if type(config.cmd) ~= 'table' then
    health.info('cmd is a function: the program and its version are not known before it runs.')
    return
  end
  local path = vim.fn.exepath(config.cmd[1])
  if path == '' then
    health.error(('`%s` was not found or cannot be run.'):format(config.cmd[1]), {
      'Install the server so that `corroborate --version` works in a shell, or name its place:',
      "vim.lsp.config('corroborate', { cmd = { '/full/path/to/corroborate', 'lsp' } })",
    })
    return
  end
  health.ok('Program: ' .. path)

  local started, process = pcall(vim.system, { path, '--version' }, { text = true, timeout = 5000 })
  local result = started and process:wait() or { code = -1 }
  local version = result.code == 0 and (result.stdout or ''):match('^corroborate (%d+%.%d+%.%d+%S*)')
  if not version then
    health.warn(
      ('`%s --version` does not answer as corroborate does: is `cmd` right?'):format(path),
      'A wrapper script should pass its arguments on.'
    )
  elseif series(version) == series(corroborate.version) then
    health.ok(('Version %s; the plugin is %s.'):format(version, corroborate.version))
  else
    health.error(
      ('Version %s does not fit the plugin, which is %s.'):format(version, corroborate.version),
      'Install server and plugin from the same release.'
    )
  end
end

--- The note that the user came from: `:checkhealth` has opened a buffer of its
--- own by now.
local function current_note()
  local function is_note(bufnr)
    return vim.api.nvim_buf_is_loaded(bufnr) and vim.bo[bufnr].filetype == 'markdown' and corroborate.is_file(bufnr)
  end
  for _, bufnr in ipairs({ vim.api.nvim_get_current_buf(), vim.fn.bufnr('#') }) do
    if bufnr > 0 and is_note(bufnr) then
      return bufnr
    end
  end
  local buffers = vim.fn.getbufinfo({ bufloaded = 1 })
  table.sort(buffers, function(a, b)
    return a.lastused > b.lastused
  end)
  for _, buffer in ipairs(buffers) do
    if is_note(buffer.bufnr) then
      return buffer.bufnr
    end
  end
end

local function count_files(folder)
  local count = 0
  for _, type in vim.fs.dir(folder, { depth = 32 }) do
    count = count + (type == 'file' and 1 or 0)
    if count == MANY then
      break
    end
  end
  return count
end

--- The root as the user's configuration has it, and what marks it where that
--- is the plugin's own doing.
local function root(config, bufnr)
  local folder, marker = corroborate.root(bufnr)
  local chosen = config.root_dir
  if type(chosen) == 'function' then
    config.root_dir(bufnr, function(answer)
      chosen = answer
    end)
  end
  if type(chosen) ~= 'string' or chosen == folder then
    return folder, marker
  end
  return chosen, nil
end

local function check_workspace(config)
  health.start('corroborate: workspace')
  local bufnr = current_note()
  if not bufnr then
    health.info('No note is open: open one, and run this again to see its workspace.')
    return
  end
  health.info('Note: ' .. vim.api.nvim_buf_get_name(bufnr))
  local folder, marker = root(config, bufnr)
  if not folder then
    health.warn('No root was found for this note.', 'Keep the sources in a folder `sources` beside or above the note.')
    return
  end
  health.ok(('Root: %s (%s)'):format(folder, marker and 'it has ' .. marker or 'by your configuration'))

  local sources = vim.fs.joinpath(folder, 'sources')
  local count = vim.fn.isdirectory(sources) == 1 and count_files(sources) or 0
  if count > 0 then
    health.ok(('Sources: %s%d %s in %s'):format(
      count == MANY and 'at least ' or '', count, count == 1 and 'file' or 'files', sources))
  elseif vim.fn.filereadable(vim.fs.joinpath(folder, 'corroborate.toml')) == 1 then
    health.info('Sources: none in `sources`; corroborate.toml may name other folders.')
  else
    health.warn('No sources were found.', 'Put the documents to check against into ' .. sources)
  end
end

local function check_clients()
  health.start('corroborate: clients')
  local clients = vim.lsp.get_clients({ name = 'corroborate' })
  if #clients == 0 then
    health.info('No client is running. It starts with the first note that is opened.')
  end
  local status = require('corroborate.status')
  for _, client in ipairs(clients) do
    local names = {}
    for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
      if vim.lsp.buf_is_attached(bufnr, client.id) then
        table.insert(names, vim.fn.fnamemodify(vim.api.nvim_buf_get_name(bufnr), ':~:.'))
      end
    end
    health.ok(('Client %d, root %s, attached to: %s'):format(
      client.id, client.root_dir or client.config.root_dir or '(none)', #names > 0 and table.concat(names, ', ') or 'no buffer'))
    local state = status.of(client.id)
    if state then
      local text = ('Index: %s, %d sources, %d that cannot be read, %d notes'):format(
        state.quiescent and 'complete' or 'being made', state.sources, state.unreadable, state.notes)
      if state.health == 'ok' then
        health.ok(text)
      else
        health.warn(text, type(state.message) == 'string' and state.message or 'Unreadable sources are named in the log.')
      end
    end
  end
end

function M.check()
  health.start('corroborate: set-up')
  check_neovim()
  local config = corroborate.config()
  if not config or not config.cmd then
    health.error('The configuration lsp/corroborate.lua was not found.', "The plugin's folder must be on 'runtimepath'.")
  else
    check_enabled()
    check_program(config)
  end
  check_workspace(config or {})
  check_clients()
end

return M
