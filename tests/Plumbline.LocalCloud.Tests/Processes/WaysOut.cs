namespace Plumbline.LocalCloud.Tests.Processes;

/// <summary>
/// Ways out of a sandbox, as shell scripts. A script prints ESCAPED if it succeeds; a check from outside shows that
/// nothing was read or changed. <c>HOME_SECRET</c>, <c>DATA</c> and similar words stand for places of this machine.
/// </summary>
internal static class WaysOut
{
    /// <summary>A system call by its number, on x86-64 and arm64; prints ESCAPED unless it is refused.</summary>
    private const string Call = """
        call() { perl -e '$n = `uname -m` =~ /x86_64/ ? shift : $ARGV[1]; shift if `uname -m` =~ /x86_64/; shift if `uname -m` !~ /x86_64/;
          @a = map { /^\d+$/ ? $_ + 0 : "$_\0" } @ARGV; $r = syscall($n, @a); print "ESCAPED by call $n: $r\n" if $r >= 0' "$@"; }

        """;

    public static readonly IReadOnlyDictionary<string, string> Scripts = new Dictionary<string, string>
    {
        // Kernel settings.
        ["core_pattern"] =
            "echo '|/usr/bin/touch OUTSIDE' > /proc/sys/kernel/core_pattern && echo ESCAPED; sh -c 'kill -SEGV $$'",
        ["modprobe path"] = "echo /opt/ml/evil > /proc/sys/kernel/modprobe && echo ESCAPED",
        ["hotplug helper"] = "echo /opt/ml/evil > /sys/kernel/uevent_helper && echo ESCAPED",
        ["a setting of memory"] = "echo 1 > /proc/sys/vm/drop_caches && echo ESCAPED",
        ["sysrq"] = "test -f /proc/sysrq-trigger && echo h > /proc/sysrq-trigger && echo ESCAPED",
        ["interrupts"] = "for f in /proc/irq/*/smp_affinity; do cat $f > $f && echo ESCAPED; done",
        ["cgroup release agent"] =
            "mkdir /tmp/c; mount -t cgroup -o memory c /tmp/c && echo ESCAPED; echo x > /sys/fs/cgroup/release_agent && echo ESCAPED",
        ["leaving its control group"] =
            "for f in /sys/fs/cgroup/cgroup.procs /sys/fs/cgroup/*/cgroup.procs; do echo $$ > $f && echo ESCAPED; done",
        ["the clock"] = "date -s 2001-01-01 && echo ESCAPED",
        ["reboot"] = Call + "call 169 142 4276215469 672274793 0",
        ["kernel modules"] = Call + "call 313 273 0 x 0; call 176 106 loop 0",
        ["the kernel's log"] = Call + "head -c 1 /dev/kmsg && echo ESCAPED; call 103 116 3 x 0",
        ["swap and accounting"] = Call + "call 168 225 /x; call 163 89 /opt/ml/acct",
        ["priority"] = "nice -n -5 sh -c '[ $(nice) -lt 0 ] && echo ESCAPED'",
        ["the OOM killer's mercy"] = "echo -900 > /proc/self/oom_score_adj && echo ESCAPED",

        // Mounts and roots.
        ["mount"] = "mount -t tmpfs x /mnt && echo ESCAPED; mount --bind / /opt/ml && echo ESCAPED",
        ["new mount calls"] = Call + "call 430 430 tmpfs 0; call 428 428 4294967196 / 1",
        ["remount"] =
            "for d in / /usr /etc /dev /proc/sys /opt/ml/input/data; do mount -o remount,rw,bind $d && echo ESCAPED; done; touch /usr/OURS && echo ESCAPED",
        ["unmount"] =
            "for d in /proc/sys /etc/ssl/private /opt/ml/input/data /tmp; do umount -l $d && echo ESCAPED; done",
        ["a user namespace"] =
            "unshare --user --map-root-user --mount sh -c 'mount -o remount,rw,bind /opt/ml/input/data; echo stolen > /opt/ml/input/data/train/x.csv; echo ESCAPED'",
        ["namespaces"] = "for n in --mount --net --pid --uts; do unshare $n true && echo ESCAPED; done",
        ["joining namespaces"] = "for n in mnt net pid user; do nsenter --$n=/proc/1/ns/$n true && echo ESCAPED; done",
        ["chroot"] = "chroot /proc/1/root true && echo ESCAPED; chroot /opt/ml true && echo ESCAPED",
        ["pivot_root"] = Call + "mkdir /tmp/n; call 155 41 /tmp /tmp/n",
        ["files by handle"] = Call + "call 304 265 3 x 0",
        ["the working folder's parents"] =
            "cd /opt/ml; cat ../../../../../../..HOME_SECRET ../../..BESIDE && echo ESCAPED",

        // Other processes.
        ["roots of processes"] =
            "for p in /proc/[0-9]*; do cat $p/rootHOME_SECRET $p/rootBESIDE $p/cwd/../cloud.json; done",
        ["signals"] = "kill -9 VICTIM && echo ESCAPED; perl -e 'kill 9, VICTIM and print \"ESCAPED\"'",
        ["ptrace"] = Call + "call 101 117 16 VICTIM 0 0",
        ["memory of others"] = "for p in VICTIM SERVER; do head -c 1 /proc/$p/maps && echo ESCAPED; done",
        ["environments"] =
            "cat /proc/*/environ | tr '\\0' '\\n' | grep TEST_SECRET && echo ESCAPED; env | grep TEST_SECRET && echo ESCAPED",
        ["the first process's memory"] =
            "perl -e 'open(F, \"+<\", \"/proc/1/mem\") && print \"opened\\n\"'; cat /proc/1/environ | tr '\\0' '\\n' | grep TEST_SECRET",
        ["the sandbox's own program"] =
            "cp /bin/true /proc/1/exe && echo ESCAPED; echo x >> /usr/bin/bwrap && echo ESCAPED",
        ["keys"] =
            Call + "call 248 217 user plumbline-test x 1 4294967293; call 250 219 0 4294967293 1; cat /proc/keys",
        ["bpf"] = Call + "call 321 280 0 x 72",
        ["perf"] = Call + "call 298 241 x 0 4294967295 4294967295 0",
        ["page faults"] = Call + "call 323 282 1",
        ["io_uring"] = Call + "call 425 425 1 0",
        ["typing into a terminal"] =
            "perl -e 'for $f (0, 1, 2) { open(T, \"<&=$f\"); $c = \"x\"; print \"ESCAPED\" if ioctl(T, 0x5412, $c) } open(T, \"+<\", \"/dev/tty\") and print \"ESCAPED\"'",
        ["files that the supervisor opened"] =
            "for n in 3 4 5 6 7 8 9 10 11 12; do (echo '{\"exit-code\": 0}' >&$n) 2>/dev/null && echo ESCAPED; done; for f in /proc/[0-9]*/fd/*; do case $(readlink $f) in DATA/jobs/a/log) ;; *DATA*) echo ESCAPED $f;; esac; done",

        // Devices and network.
        ["devices"] =
            "for d in mem kmem port vda sda nvme0n1 loop0 fuse kvm uinput net/tun; do head -c 1 /dev/$d && echo ESCAPED; done",
        ["making a device"] =
            "mknod /opt/ml/disk b 254 0 && head -c 1 /opt/ml/disk && echo ESCAPED; mknod /tmp/mem c 1 1 && head -c 1 /tmp/mem && echo ESCAPED",
        ["raw sockets"] =
            "perl -e 'use Socket; print \"ESCAPED\" if socket(S, PF_INET, SOCK_RAW, 1); print \"ESCAPED\" if socket(S, 17, SOCK_RAW, 768)'",
        ["unix sockets"] =
            "perl -e 'use Socket; for (@ARGV) { socket(S, PF_UNIX, SOCK_STREAM, 0); print \"ESCAPED $_\\n\" if connect(S, sockaddr_un($_)) }' SOCKET /run/docker.sock /var/run/docker.sock /run/dbus/system_bus_socket /run/containerd/containerd.sock",

        ["ports of this machine"] =
            "perl -e 'use Socket; for (@ARGV) { socket(S, PF_INET, SOCK_STREAM, 6); print \"ESCAPED to $_\\n\" if connect(S, sockaddr_in(PORT, inet_aton($_))) }' 127.0.0.1 127.0.1.1 $(hostname -I)",
        ["the internet"] =
            "perl -e 'use Socket; for (qw(169.254.169.254 169.254.170.2 10.0.0.1 192.168.0.1 1.1.1.1)) { socket(S, PF_INET, SOCK_DGRAM, 17); print \"ESCAPED to $_\\n\" if connect(S, sockaddr_in(53, inet_aton($_))) }'; ip route 2>/dev/null | grep . && echo ESCAPED; grep -v Iface /proc/net/route | grep . && echo ESCAPED",

        // Files.
        ["the home"] =
            "cat HOME_SECRET && echo ESCAPED; find / -xdev -name 'plumbline-secret*' 2>/dev/null | grep . && echo ESCAPED",
        ["keys of the user"] =
            "cat ~/.ssh/* ~/.aws/* ~/.npmrc ~/.netrc ~/.bash_history ~/.config/* 2>/dev/null | grep . && echo ESCAPED",
        ["passwords"] =
            "cat /etc/shadow /etc/gshadow /etc/sudoers /etc/ssh/ssh_host_*key /etc/ssl/private/* /var/lib/*/secrets* 2>/dev/null | grep . && echo ESCAPED",
        ["beside the data folder"] =
            "cat BESIDE && echo ESCAPED; touch OUTSIDE && echo ESCAPED; ls /tmp/* /var/tmp/* && echo ESCAPED",
        ["the data folder"] =
            "ls DATA && echo ESCAPED; cat DATA/cloud.json && echo ESCAPED; echo x > DATA/cloud.json && echo ESCAPED",
        ["other jobs"] = "ls DATA/jobs/other && echo ESCAPED; cat DATA/jobs/other/root/secret && echo ESCAPED",
        ["a hard link to an input"] =
            "ln /opt/ml/input/data/train/x.csv /opt/ml/model/l && echo stolen > /opt/ml/model/l && echo ESCAPED",
        ["rewriting an input"] =
            "f=/opt/ml/input/data/train/x.csv; (echo stolen > $f) && echo ESCAPED; chmod 777 $f && echo ESCAPED; mv $f $f.2 && echo ESCAPED; truncate -s 0 $f && echo ESCAPED; rm -f $f && echo ESCAPED",
        ["an exchange of the input's folder"] =
            "mv /opt/ml/input/data /opt/ml/model/data && echo ESCAPED; mv /opt/ml/input /opt/ml/other && mkdir -p /opt/ml/input && echo moved",
        ["a setuid program"] =
            "cp /bin/sh /opt/ml/model/sh; chmod 6755 /opt/ml/model/sh; /opt/ml/model/sh -p -c 'grep -q \"^CapEff.*[1-9a-f]\" /proc/self/status && echo ESCAPED'; for p in su sudo pkexec newgrp; do $p root -c 'echo ESCAPED' </dev/null; done",
        ["capabilities"] =
            "grep -E '^Cap(Eff|Prm|Inh|Amb|Bnd).*[1-9a-f]' /proc/self/status && echo ESCAPED; grep -q 'NoNewPrivs:.1' /proc/self/status || echo ESCAPED",
        ["writing into the system"] =
            "for d in / /usr/bin /etc /bin /lib /dev /run /var /srv /opt /sys; do touch $d/OURS && echo ESCAPED; done",
    };
}
