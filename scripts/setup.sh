#!/bin/sh
# Makes a checkout ready to use: native libraries, a virtual environment in .venv, poe-pack in it with its tools.
#
#   scripts/setup.sh          what poe-pack itself needs
#   scripts/setup.sh test     and the programs that the tests call
#
# Installs only what is missing; where nothing is, it takes a blink. PYTHON=... chooses the interpreter for .venv.
set -eu
cd "$(dirname "$0")/.."

stamp=.venv/.poe-pack-setup
# What is looked for = Debian's package that has it
libraries="libpango-1.0.so.0=libpango-1.0-0 libpangoft2-1.0.so.0=libpangoft2-1.0-0"
libraries="$libraries libharfbuzz-subset.so.0=libharfbuzz-subset0"
programs=""
if [ "${1-}" = test ]; then
    programs="qpdf=qpdf pdftotext=poppler-utils pdftoppm=poppler-utils"
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
trap 'exit 130' INT TERM

say() { printf 'setup: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }
quietly() { "$@" >"$log" 2>&1 || { cat "$log" >&2; return 1; }; }
has() { command -v "$1" >/dev/null 2>&1; }

apt_install() {
    by_hand="please run this yourself, then try again: apt-get install --no-install-recommends $*"
    if ! has apt-get; then
        die "please install these (the names are Debian's), then try again: $*"
    elif [ "$(id -u)" -eq 0 ]; then
        root=env
    elif has sudo && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        root="sudo env"
    else
        die "$by_hand"
    fi
    say "installing $*"
    quietly $root apt-get -qq update || say "apt-get update failed; trying with the lists at hand"
    quietly $root DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 \
        install --yes --no-install-recommends "$@" || die "$by_hand"
}

# --- What is there, what is missing ---------------------------------------------------------------------------------

is_recent() { "$1" -I -S -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }
makes_venvs() { is_recent "$1" && "$1" -I -c 'import ensurepip, venv' >/dev/null 2>&1; }

find_python() {
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14 /usr/bin/python3}; do
        if makes_venvs "$candidate"; then
            echo "$candidate"
            return
        fi
    done
}

missing_libraries() { # Debian packages of the libraries that PYTHON cannot load, as WeasyPrint would
    "$1" -I -S - $libraries <<'PYTHON'
import ctypes
import sys

for library in sys.argv[1:]:
    soname, package = library.split("=")
    try:
        ctypes.CDLL(soname)
    except OSError:
        print(package)
PYTHON
}

missing_fonts() { # a Chinese font: one of those that poe_pack/printing/system_fonts.py takes
    for folder in "${XDG_DATA_HOME:-$HOME/.local/share}/fonts" "$HOME/.fonts" /usr/local/share/fonts /usr/share/fonts; do
        [ ! -d "$folder" ] || find "$folder" \( -name 'NotoSansCJK*-Regular.*' -o -name 'NotoSansSC-Regular.otf' \
            -o -name 'SourceHanSansSC-Regular.otf' -o -name 'wqy-*hei.ttc' \) -print
    done | grep -q . || echo fonts-noto-cjk
}

missing_programs() {
    for program in $programs; do
        has "${program%=*}" || echo "${program#*=}"
    done
}

here=$(pwd -P)
wanted="$(cksum <pyproject.toml) $here"
found=$(cat "$stamp" 2>/dev/null || true)

python=.venv/bin/python
if ! is_recent $python || { [ -n "$found" ] && [ "${found#* * }" != "$here" ]; }; then
    rm -rf .venv # not there, broken, or moved here from another folder
    found=""
    python=$(find_python)
    [ -n "$python" ] || [ -z "${PYTHON-}" ] || die "$PYTHON is not a Python 3.11 or newer with venv and ensurepip"
fi

if [ "$(uname -s)" = Darwin ]; then
    [ -n "$python" ] || die "please run this yourself, then try again: brew install python"
    if [ -n "$(missing_programs)" ] || ! ls /opt/homebrew/lib /usr/local/lib 2>/dev/null | grep -q '^libpango-1'; then
        die "please run this yourself, then try again: brew install pango qpdf poppler"
    fi
else
    missing=$(
        [ -n "$python" ] || echo python3-venv
        missing_libraries "${python:-python3}" 2>/dev/null || for library in $libraries; do echo "${library#*=}"; done
        missing_programs
    )
    [ -z "$missing" ] || apt_install $(printf '%s\n' "$missing" | sort -u)
    fonts=$(missing_fonts)
    if [ -n "$fonts" ] && ! (apt_install $fonts); then
        [ "${1-}" != test ] || exit 1
        say "going on without $fonts: packets in Chinese cannot be printed"
    fi
fi

if [ -z "$python" ]; then
    python=$(find_python)
    [ -n "$python" ] || die "Python 3.11 or newer is needed; please install one, then try again"
fi

# --- The virtual environment ----------------------------------------------------------------------------------------

if [ "$found" != "$wanted" ]; then
    export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
    if [ ! -d .venv ]; then
        say "creating .venv with $("$python" --version)"
        quietly "$python" -m venv .venv || die "could not create .venv"
    fi
    rm -f "$stamp"
    say "installing poe-pack and its tools into .venv"
    # Dependency groups need pip 25.1.
    quietly .venv/bin/python -m pip install -qq 'pip>=25.1' || die "could not bring pip up to date"
    quietly .venv/bin/python -m pip install -qq --editable . --group dev || die "could not install the packages"
    echo "$wanted" >"$stamp"
fi
