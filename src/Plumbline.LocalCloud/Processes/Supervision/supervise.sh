# Runs one command and writes down how it ended. It has to outlive the server that started it, so it is a shell and
# nothing more. $1 is the process's folder; the rest is the command. See README.md for the files.
cd "$1" || exit 74
shift
exec 9<>lock </dev/null >>log 2>&1
flock -n 9 || exit 75
[ -e exit ] && exit 75
# A handler, not "ignore": what is ignored would be ignored by the command too.
trap : HUP INT TERM
echo $$ 1<>pid
"$@" 9>&- 8<sandbox 7>>status
# The blocks of this file were written before the start, so that a full disk cannot swallow the exit code.
printf '%-15s\n' $? 1<>exit.new
sync exit.new
mv exit.new exit
