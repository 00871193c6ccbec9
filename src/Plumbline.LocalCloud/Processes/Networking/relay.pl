# Carries connections across the border of a network that has only its own loopback, and runs a command in it. Arguments:
# "out", a port that programs inside connect to, the unix socket that it leads to; "in", a unix socket, the port inside;
# "--", the command. The numbers are Linux's: the module Socket takes longer to load than all the rest.
use strict;
my ($Unix, $Inet, $Stream, $Tcp, $NoDelay) = (1, 2, 1, 6, 1);
# Seconds to wait for the server, which may be restarting.
my $patience = 10;
my %ways;

sub address { $_[0] =~ /^\d+$/ ? pack('S n C4 x8', $Inet, $_[0], 127, 0, 0, 1) : pack('S a*', $Unix, $_[0]) }

sub endpoint {
    my $is_port = $_[0] =~ /^\d+$/;
    socket(my $socket, $is_port ? $Inet : $Unix, $Stream, 0) or die "relay: $!\n";
    setsockopt($socket, $Tcp, $NoDelay, 1) if $is_port;
    $socket;
}

sub carry {
    my ($client, $to) = @_;
    my ($server, $tries) = (endpoint($to), $to =~ /^\d/ ? 0 : $patience * 20);
    until (connect($server, address($to))) {
        exit 1 if $tries-- <= 0;
        select(undef, undef, undef, 0.05);
        $server = endpoint($to);
    }
    my %other = (fileno($client) => [$client, $server], fileno($server) => [$server, $client]);
    while (%other) {
        my $ready = '';
        vec($ready, $_, 1) = 1 for keys %other;
        select($ready, undef, undef, undef) > 0 or exit;
        for my $number (grep { vec($ready, $_, 1) } keys %other) {
            my ($from, $into) = @{$other{$number}};
            my $count = sysread($from, my $bytes, 65536);
            unless ($count) { shutdown($into, 1); delete $other{$number}; next; }
            for (my $at = 0; $at < $count;) {
                my $written = syswrite($into, $bytes, $count - $at, $at) or exit 1;
                $at += $written;
            }
        }
    }
    exit;
}

while (@ARGV and shift ne '--') {
    my ($from, $to) = splice(@ARGV, 0, 2);
    unlink $from if $from =~ m{^/};
    my $listener = endpoint($from);
    bind($listener, address($from)) && listen($listener, 128) or die "relay: $from: $!\n";
    $ways{fileno($listener)} = [$listener, $to];
}

# Listens before the command starts, and as an orphan, so that the command does not find it among its children.
my $between = fork // die "relay: $!\n";
if ($between) {
    waitpid($between, 0);
    exec { $ARGV[0] } @ARGV;
    my $error = $!;
    print STDERR "$ARGV[0]: $error\n";
    # A shell's exit codes: 127 if the program is missing, 126 if it cannot be run.
    exit($error == 2 ? 127 : 126);
}
exit if fork;

$SIG{CHLD} = $SIG{PIPE} = $SIG{TERM} = 'IGNORE';
while (1) {
    my $ready = '';
    vec($ready, $_, 1) = 1 for keys %ways;
    select($ready, undef, undef, undef) > 0 or next;
    for my $number (grep { vec($ready, $_, 1) } keys %ways) {
        my ($listener, $to) = @{$ways{$number}};
        accept(my $client, $listener) or next;
        defined(my $child = fork) or next;
        next if $child;
        close $$_[0] for values %ways;
        setsockopt($client, $Tcp, $NoDelay, 1) if $to =~ m{^/};
        carry($client, $to);
    }
}
