# Does what torchrun does on one host, with the loopback as the meeting point of the processes: Debian 12's torchrun does
# not start under its Python 3.11.
# Arguments: the number of processes, the script, the script's arguments.
import os
import signal
import socket
import subprocess
import sys

count, command = int(sys.argv[1]), sys.argv[2:]
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
environment = {
    **os.environ,
    "MASTER_ADDR": "127.0.0.1",
    "MASTER_PORT": str(port),
    "GLOO_SOCKET_IFNAME": "lo",
    "WORLD_SIZE": str(count),
    "LOCAL_WORLD_SIZE": str(count),
    "OMP_NUM_THREADS": str(max(1, int(os.environ.get("OMP_NUM_THREADS", "1")) // count)),
}
processes = [
    subprocess.Popen([sys.executable, *command], env={**environment, "RANK": str(rank), "LOCAL_RANK": str(rank)})
    for rank in range(count)
]


def end(*_):
    for process in processes:
        process.terminate()


signal.signal(signal.SIGTERM, end)
code = 0
for _ in processes:
    # If one fails, the others would wait for it forever.
    _, status = os.wait()
    if status and not code:
        code = os.waitstatus_to_exitcode(status)
        end()
sys.exit(code if code >= 0 else 128 - code)
