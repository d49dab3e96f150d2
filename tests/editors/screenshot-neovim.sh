#!/usr/bin/env bash
# Pictures of Neovim at work on the example, for developers and the documentation.
#
#   TERM_SHOT='python3 draw.py' tests/editors/screenshot-neovim.sh OUT.png
#
# Writes OUT.png (diagnostics), OUT-hover.png, OUT-evidence.png and OUT-definition.png. Needs tmux, and in
# $TERM_SHOT a command that draws what `tmux capture-pane -e -p` printed: it is called as
# `$TERM_SHOT PANE OUT.png COLUMNS`.
#
# $CORROBORATE_BIN is the server (default: target/debug/corroborate), $NVIM_BIN the Neovim
# (default: the one of install-neovim.sh), $COLUMNS_SHOWN and $LINES_SHOWN the terminal's size.
set -euo pipefail

repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
out=${1:?usage: screenshot-neovim.sh OUT.png}
out=${out%.png}
: "${TERM_SHOT:?names no command that draws a terminal}"
server=$(realpath "${CORROBORATE_BIN:-$repo/target/debug/corroborate}")
neovim=${NVIM_BIN:-${EDITORS_HOME:-$repo/target/editors}/venv/bin/nvim}
columns=${COLUMNS_SHOWN:-110} lines=${LINES_SHOWN:-32}

scratch=$(mktemp -d)
terminal() { tmux -S "$scratch/tmux" "$@"; }
# ends the tmux server of this socket, which nobody else uses
trap 'terminal kill-server 2>/dev/null || true; rm -rf "$scratch"' EXIT
cp -R "$repo/examples/port-ansel" "$scratch/port-ansel"
chmod -R u+w "$scratch/port-ansel"

cat >"$scratch/init.lua" <<'LUA'
vim.o.termguicolors = true
vim.o.number = true
vim.o.signcolumn = 'yes'
vim.o.linebreak = true
vim.o.laststatus = 2
vim.o.statusline = "%f %m%=%{v:lua.require'corroborate.status'.line()} "
vim.opt.shortmess:append('I')
vim.opt.runtimepath:append(vim.env.CORROBORATE_PLUGIN)
vim.lsp.config('corroborate', { cmd = { vim.env.CORROBORATE_BIN, 'lsp' } })
vim.lsp.enable('corroborate')
LUA

ask() { timeout 5 "$neovim" --server "$scratch/nvim" --remote-expr "$1" 2>/dev/null || true; }

# Waits until an expression is neither empty nor 0.
until_true() {
  local answer deadline=$((SECONDS + 10))
  while [ $SECONDS -lt $deadline ]; do
    answer=$(ask "$1")
    [ -z "$answer" ] || [ "$answer" = 0 ] || return 0
    sleep 0.1
  done
  echo "not within 10 s: $1" >&2
  return 1
}

picture() { # SUFFIX
  sleep 0.4 # for the screen to settle
  terminal capture-pane -N -e -p -t shot >"$scratch/pane"
  # shellcheck disable=SC2086 # a command with its arguments
  $TERM_SHOT "$scratch/pane" "$out$1.png" "$columns"
  echo "$out$1.png"
}

export CORROBORATE_BIN=$server CORROBORATE_PLUGIN=$repo/editors/neovim COLORTERM=truecolor
for name in CONFIG_HOME DATA_HOME STATE_HOME CACHE_HOME; do
  export "XDG_$name=$scratch/$name"
done
mkdir -p "$(dirname "$out")"
terminal -f /dev/null new-session -d -s shot -x "$columns" -y "$lines" -c "$scratch/port-ansel" \
  "exec '$neovim' -u '$scratch/init.lua' -n -i NONE --listen '$scratch/nvim' notes/01-port-inquiry.md"

floats='len(filter(nvim_list_wins(), "nvim_win_get_config(v:val).relative != \"\""))'
until_true 'luaeval("#vim.diagnostic.get(0)")'
ask 'search("Her report is due", "w") + search("August")' >/dev/null
terminal send-keys -t shot C-w d # Neovim's own key for the diagnostic at the cursor
until_true "$floats"
picture ''
terminal send-keys -t shot Escape l

ask 'search("opened its inquiry", "w")' >/dev/null
terminal send-keys -t shot K
until_true "$floats"
picture -hover

terminal send-keys -t shot Escape
ask 'search("Her report is due", "w")' >/dev/null
terminal send-keys -t shot ':Corroborate evidence' Enter
until_true 'join(getbufline("corroborate://evidence", 1, "$")) =~ "contradicted"'
picture -evidence
terminal send-keys -t shot ':Corroborate evidence' Enter

ask 'search("opened its inquiry", "w")' >/dev/null
terminal send-keys -t shot C-]
until_true 'bufname("%") =~ "sources"'
picture -definition
