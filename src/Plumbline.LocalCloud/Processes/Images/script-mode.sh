# AWS's script mode: what the framework images do with a user's script. $1 is the folder of the code, $2 the number of
# processes for torchrun (0: none), $3 the program that replaces torchrun, $4 the script; the rest are the script's
# arguments.
cd "$1" || exit 1
processes=$2 torchrun=$3 program=$4
shift 4
if [ -f requirements.txt ]; then
    python3 -m pip install --quiet --disable-pip-version-check --prefix "$SM_BASE_DIR/packages" -r requirements.txt || {
        echo "pip could not install requirements.txt. Jobs reach only this local cloud unless it runs with: plumb up --internet everyone" >&2
        exit 1
    }
    for folder in "$SM_BASE_DIR"/packages/lib/python*/site-packages "$SM_BASE_DIR"/packages/local/lib/python*/dist-packages; do
        [ -d "$folder" ] && PYTHONPATH=$folder${PYTHONPATH:+:$PYTHONPATH} && export PYTHONPATH
    done
fi
[ "$processes" = 0 ] || exec python3 -c "$torchrun" "$processes" "$program" "$@"
case $program in
    *.py) exec python3 "$program" "$@" ;;
    *.sh) exec /bin/sh "./$program" "$@" ;;
    *) exec python3 -m "$program" "$@" ;;
esac
