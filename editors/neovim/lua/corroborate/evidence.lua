-- A split beside the note that follows the cursor: the sentence, its verdict, and every passage that
-- bears on it. <CR> on a passage opens its source.

local corroborate = require('corroborate')

local M = {}

local FOLLOW = 120 -- ms without a move before the server is asked

-- The one view there is: its buffer and window, the note it follows, the places by line.
local view

local function is_open()
  return view and vim.api.nvim_win_is_valid(view.window)
end

local function put(lines, places)
  vim.bo[view.buffer].modifiable = true
  vim.api.nvim_buf_set_lines(view.buffer, 0, -1, false, lines)
  vim.bo[view.buffer].modifiable = false
  view.places = places
end

--- Words of sources have no line breaks; nothing of theirs is more than text here.
local function render(evidence)
  if not evidence then
    return { 'No sentence here.' }, {}
  end
  local lines, places = { evidence.verdict, '', evidence.text, '' }, {}
  if evidence.origins then
    vim.list_extend(lines, { evidence.origins, '' })
  end
  for _, passage in ipairs(evidence.passages) do
    local first = #lines + 1
    local about = vim.iter({ passage.title, passage.place, passage.date, passage.publisher, passage.grade }):join(', ')
    table.insert(lines, (passage.role == 'conflicts' and '≠ ' or '= ') .. about)
    table.insert(lines, '    “' .. passage.text .. '”')
    table.insert(lines, '')
    for line = first, #lines do
      places[line] = passage
    end
  end
  if #evidence.passages == 0 then
    table.insert(lines, 'No passage bears on it.')
  end
  return lines, places
end

--- Asks for the sentence at the cursor of the note and shows what comes back.
function M.update()
  if not is_open() or vim.api.nvim_get_current_buf() ~= view.note then
    return
  end
  corroborate.ask_here('corroborate/evidence', function(evidence)
    if is_open() then
      put(render(evidence))
    end
  end, view.note)
end

local function follow()
  if view.timer then
    view.timer:stop()
  end
  view.timer = vim.defer_fn(M.update, FOLLOW)
end

--- Opens the source of the passage under the cursor, in the note's window if it is still there.
local function open()
  local passage = view.places[vim.api.nvim_win_get_cursor(0)[1]]
  if not passage then
    return
  end
  local client = corroborate.client(view.note)
  local windows = vim.fn.win_findbuf(view.note)
  if windows[1] then
    vim.api.nvim_set_current_win(windows[1])
  end
  local encoding = client and client.offset_encoding or 'utf-16'
  local location = { uri = passage.uri, range = passage.range }
  if vim.fn.has('nvim-0.11') == 1 then
    vim.lsp.util.show_document(location, encoding, { focus = true })
  else
    vim.lsp.util.jump_to_location(location, encoding, true)
  end
end

local function close()
  if is_open() then
    vim.api.nvim_win_close(view.window, true)
  end
  if view then
    vim.api.nvim_del_augroup_by_id(view.group)
  end
  view = nil
end

--- Opens the view for the current note, or closes it.
function M.toggle()
  if is_open() then
    return close()
  end
  local note = vim.api.nvim_get_current_buf()
  local back = vim.api.nvim_get_current_win()
  local buffer = vim.api.nvim_create_buf(false, true)
  vim.cmd('botright vertical 50split')
  local window = vim.api.nvim_get_current_win()
  vim.api.nvim_win_set_buf(window, buffer)
  vim.api.nvim_buf_set_name(buffer, 'corroborate://evidence')
  vim.bo[buffer].bufhidden = 'wipe'
  vim.wo[window].wrap = true
  vim.wo[window].linebreak = true
  vim.wo[window].number = false
  vim.wo[window].winfixwidth = true
  local group = vim.api.nvim_create_augroup('corroborate.evidence', {})
  view = { buffer = buffer, window = window, note = note, group = group, places = {} }
  vim.keymap.set('n', '<CR>', open, { buffer = buffer, desc = 'Open the source of this passage' })
  vim.keymap.set('n', 'q', close, { buffer = buffer, desc = 'Close the evidence' })
  vim.api.nvim_create_autocmd({ 'CursorMoved', 'CursorMovedI', 'BufEnter' }, {
    group = group,
    callback = function(event)
      if event.buf ~= view.note and corroborate.client(event.buf) then
        view.note = event.buf -- another note: it is followed from now on
      end
      if event.buf == view.note then
        follow()
      end
    end,
  })
  vim.api.nvim_create_autocmd('WinClosed', {
    group = group,
    pattern = tostring(window),
    callback = function()
      vim.schedule(close)
    end,
  })
  vim.api.nvim_set_current_win(back)
  M.update()
end

return M
