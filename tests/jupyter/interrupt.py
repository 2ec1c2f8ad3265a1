"""Runs cells in a kernel of Jupyter's, and interrupts the one that says so: a line of JSON for each cell.

usage: interrupt.py KERNEL CELLS.json    (a list of {"code": ..., "interrupt_at": a text of its output, or null})
"""
import json
import queue
import subprocess
import sys
import time

from jupyter_client import KernelManager

LIMIT = 240

manager = KernelManager(kernel_name=sys.argv[1])
manager.start_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
client = manager.client()
client.start_channels()
try:
    client.wait_for_ready(timeout=LIMIT)
    for cell in json.load(open(sys.argv[2], encoding="utf-8")):
        asked, outputs, begin, interrupted, state = client.execute(cell["code"]), [], time.time(), False, "running"
        while state == "running" and time.time() - begin < LIMIT:
            try:
                message = client.get_iopub_msg(timeout=2)
            except queue.Empty:
                state = state if manager.is_alive() else "dead"
                continue
            if message["parent_header"].get("msg_id") != asked:
                continue
            content = message["content"]
            text = content.get("text") or content.get("evalue") or content.get("data", {}).get("text/plain") or ""
            outputs.append(text)
            if cell["interrupt_at"] and not interrupted and cell["interrupt_at"] in text:
                interrupted = True
                manager.interrupt_kernel()
            if message["msg_type"] == "status" and content["execution_state"] == "idle":
                state = "idle"
        print(json.dumps({"state": state, "interrupted": interrupted, "output": "".join(outputs)}), flush=True)
        if state != "idle":
            break
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
