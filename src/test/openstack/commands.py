"""Runs commands of Python modules, each in a process of its own, forked from this one, which has loaded the modules.

Reads lines from standard input: {"module": ..., "arguments": [...], "out": file, "err": file}, the last two absolute paths.
Writes the exit code of each command as a line, after it has ended. Ends when standard input does.
"""
import importlib
import json
import os
import runpy
import sys
import traceback


def run(command):
    """Takes the place of python -m MODULE ARGUMENTS in a forked process; returns its exit code."""
    for descriptor, file in ((0, os.devnull), (1, command["out"]), (2, command["err"])):
        os.dup2(os.open(file, os.O_RDONLY if descriptor == 0 else os.O_WRONLY), descriptor)
    sys.argv = [command["module"], *command["arguments"]]
    code = 0
    try:
        runpy.run_module(command["module"], run_name="__main__", alter_sys=True)
    except SystemExit as end:
        code = end.code
        if isinstance(code, str):
            print(code, file=sys.stderr)
            code = 1
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return code or 0


def main():
    for module in sys.argv[1:]:
        importlib.import_module(module)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os._exit(run(json.loads(line)))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


main()
