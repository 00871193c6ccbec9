# Training on several hosts; here there is one.


def wait_hostname_resolution(sm_hosts):
    """Returns at once: there is only one host."""


def rabit_run(exec_fun, args, include_in_training, hosts, current_host, *ports, update_rabit_args=False, **connection):
    """Runs the training on this host, which is the master."""
    if include_in_training:
        exec_fun(**args, **({"is_master": True} if update_rabit_args else {}))
