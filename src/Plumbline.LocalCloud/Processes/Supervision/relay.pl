# Carries connections from a unix socket to the loopback port of a network namespace that nobody outside can reach.
use strict;
use Socket;
my ($path, $port) = @ARGV;
$SIG{CHLD} = $SIG{PIPE} = 'IGNORE';
$SIG{TERM} = 'IGNORE';
unlink $path;
socket(my $listener, PF_UNIX, SOCK_STREAM, 0) or die "relay: $!";
bind($listener, sockaddr_un($path)) && listen($listener, 128) or die "relay: $path: $!";
while (accept(my $client, $listener)) {
    next if fork;
    close $listener;
    socket(my $server, PF_INET, SOCK_STREAM, getprotobyname('tcp') || 6) or exit 1;
    setsockopt($server, 6, 1, 1);
    connect($server, sockaddr_in($port, INADDR_LOOPBACK)) or exit 1;
    my %other = (fileno($client) => [$client, $server], fileno($server) => [$server, $client]);
    while (%other) {
        my $ready = '';
        vec($ready, $_, 1) = 1 for keys %other;
        select($ready, undef, undef, undef) > 0 or exit;
        for my $number (grep { vec($ready, $_, 1) } keys %other) {
            my ($from, $to) = @{$other{$number}};
            my $count = sysread($from, my $bytes, 65536);
            unless ($count) { shutdown($to, 1); delete $other{$number}; next; }
            for (my $at = 0; $at < $count;) {
                my $written = syswrite($to, $bytes, $count - $at, $at) or exit 1;
                $at += $written;
            }
        }
    }
    exit;
}
