# Runs one command and stores how it ended. It must outlive the server that started it, so it is only a shell script.
# $1 is the process's folder; the rest is the command. README.md describes the files.
cd "$1" || exit 74
shift
exec 9<>lock </dev/null >>log 2>&1
flock -n 9 || exit 75
[ -e exit ] && exit 75
# A handler instead of "ignore", which the command would inherit.
trap : HUP INT TERM
echo $$ 1<>pid
# The program and all that it starts enter the groups that limit their memory, and are the kernel's first choice when
# this machine runs out of memory.
(
    while read -r group; do echo 0 >"$group/cgroup.procs" || exit 1; done <groups
    echo 500 >/proc/self/oom_score_adj
    exec "$@"
) 9>&- 8<sandbox 7>>status 6<filter
code=$?
while read -r group; do
    for told in "$group/memory.events" "$group/memory.oom_control"; do
        [ ! -e "$told" ] || while read -r line; do echo "$line"; done <"$told" >>memory
    done
done <groups
# The blocks of this file were written before the start, so that a full disk cannot swallow the exit code.
printf '%-15s\n' $code 1<>exit.new
sync exit.new
mv exit.new exit
# The kernel may still be cleaning up the sandbox's last processes, and nobody need wait for that.
[ ! -s groups ] || (
    while read -r group; do
        for pause in 0.1 0.2 0.5 1 3; do
            sleep $pause
            rmdir "$group" && break
        done
    done <groups
) 9>&- >/dev/null 2>&1 &
