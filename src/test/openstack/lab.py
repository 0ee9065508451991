"""A small cloud for tests: real Nova, Placement and Cinder, with drivers that move nothing.

  lab.py [--hosts N] [--while-stdin-is-open] DIRECTORY

Listens on free ports of the loopback interface only. When all is ready, DIRECTORY/clouds.yaml says how the cloud is reached,
and a line on standard output says so; what the services write is in the same directory. It ends with a signal (Ctrl-C), or
when one of its processes ends.
"""
import argparse
import ctypes
import os
import select
import signal
import socket
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PATIENCE = 180
PR_SET_PDEATHSIG = 1

CLOUDS = """\
clouds:
  lab:
    auth:
      auth_url: http://127.0.0.1:%(keystone)d/v3
      username: admin
      password: secret
      project_name: admin
      user_domain_id: default
      project_domain_id: default
    region_name: RegionOne
    compute_api_version: "2.90"
    volume_api_version: "3.70"
"""


def listening():
    listener = socket.socket()
    listener.bind(('127.0.0.1', 0))
    listener.listen(128)
    return listener


def die_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def ended(*_):
    sys.exit(0)


class Lab:
    def __init__(self, directory):
        self.directory = directory
        self.listeners = {name: listening() for name in ('keystone', 'nova', 'placement', 'cinder')}
        self.ports = {name: it.getsockname()[1] for name, it in self.listeners.items()}
        self.processes = {}

    def start(self, name, listeners, *arguments):
        """Listeners are handed on open: so nobody else can take a port in the meantime."""
        descriptors = [self.listeners[it].fileno() for it in listeners]
        with open(self.path(name + '.out'), 'w') as out:
            self.processes[name] = subprocess.Popen(
                [sys.executable, os.path.join(HERE, 'lab_%s.py' % name), self.directory,
                 *map(str, descriptors), *map(str, arguments)],
                stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, cwd=self.directory,
                pass_fds=descriptors, preexec_fn=die_with_parent)

    def path(self, name):
        return os.path.join(self.directory, name)

    def await_ready(self):
        end = time.monotonic() + PATIENCE
        while not all(os.path.exists(self.path(name + '.ready')) for name in self.processes):
            self.check()
            if time.monotonic() > end:
                sys.exit('The lab is not ready after %d s; see %s' % (PATIENCE, self.directory))
            time.sleep(0.1)
        with open(self.path('clouds.yaml'), 'w') as clouds:
            clouds.write(CLOUDS % self.ports)

    def check(self):
        for name, process in self.processes.items():
            if process.poll() is not None:
                with open(self.path(name + '.out')) as out:
                    last = out.readlines()[-20:]
                sys.exit('The lab has lost %s; the end of %s:\n%s' % (name, out.name, ''.join(last)))

    def watch(self, while_stdin_is_open):
        while True:
            self.check()
            if not while_stdin_is_open:
                time.sleep(1)
            elif select.select([sys.stdin], [], [], 1)[0] and not os.read(sys.stdin.fileno(), 1024):
                return

    def stop(self):
        for process in self.processes.values():
            process.kill()
            process.wait()


def main():
    parser = argparse.ArgumentParser(description='Starts a small cloud for tests.')
    parser.add_argument('directory', metavar='DIRECTORY', help='for its output and clouds.yaml')
    parser.add_argument('--hosts', type=int, default=3, help='how many compute hosts: compute1, compute2, ...')
    parser.add_argument('--while-stdin-is-open', action='store_true', help='ends when nobody can write to it any more')
    args = parser.parse_args()
    directory = os.path.abspath(args.directory)
    os.makedirs(directory, exist_ok=True)
    for name in ('nova.ready', 'cinder.ready', 'clouds.yaml'):
        if os.path.exists(os.path.join(directory, name)):
            os.remove(os.path.join(directory, name))
    signal.signal(signal.SIGTERM, ended)
    signal.signal(signal.SIGINT, ended)
    lab = Lab(directory)
    try:
        lab.start('nova', ['keystone', 'nova', 'placement'], args.hosts, lab.ports['cinder'])
        lab.start('cinder', ['cinder'], lab.ports['keystone'])
        lab.await_ready()
        print('The cloud is ready: %s' % lab.path('clouds.yaml'), flush=True)
        lab.watch(args.while_stdin_is_open)
    finally:
        lab.stop()


if __name__ == '__main__':
    main()
