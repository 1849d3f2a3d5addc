"""What libtorch alone needs for a block on this GPU, at a playing box's pace: how steady the machine itself is.

usage: alone.py MODEL BUFFER_FRAMES SECONDS [MODEL BUFFER_FRAMES SECONDS]...

Loads MODEL (with its `forward`), or for `chain` makes 64 convolutions of 64 channels, and runs a block once in every
BUFFER_FRAMES of 44100 Hz: copied into pinned memory, there and back, with one wait at the end. Nothing of this project
takes part, so blocks that are longer than a buffer here are late in a box too, whatever the box does.
"""

import sys
import time

import torch

RATE_HZ = 44100.0


class Chain(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = torch.nn.ModuleList(torch.nn.Conv1d(64, 64, 3, padding=1) for _ in range(64))

    def forward(self, x):
        x = x.expand(-1, 64, -1)
        for layer in self.layers:
            x = torch.relu(layer(x))
        return x.mean(1, keepdim=True)


def blocks(model, frames, seconds):
    """Milliseconds of each block, and of handing it to the GPU, which is the processor's part."""
    period = frames / RATE_HZ
    stream = torch.cuda.Stream(priority=-1)
    there = torch.empty(1, 1, frames).pin_memory()
    back = torch.empty(1, 1, frames).pin_memory()
    took, handed = [], []
    with torch.inference_mode(), torch.cuda.stream(stream):
        for _ in range(20):
            model(there.to("cuda"))
        stream.synchronize()
        due = time.perf_counter()
        for _ in range(int(seconds / period)):
            due += period
            while time.perf_counter() < due - 2e-4:
                time.sleep(1e-4)
            while time.perf_counter() < due:
                pass
            begin = time.perf_counter()
            there.uniform_(-0.1, 0.1)
            y = model(there.to("cuda", non_blocking=True))
            back.copy_(y[:1, :1, :frames], non_blocking=True)
            handed.append((time.perf_counter() - begin) * 1e3)
            stream.synchronize()
            took.append((time.perf_counter() - begin) * 1e3)
            due = max(due, time.perf_counter() - period)
    return torch.tensor(took), torch.tensor(handed)


def main():
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    words = sys.argv[1:]
    for path, frames, seconds in zip(words[::3], words[1::3], words[2::3]):
        name = path.rsplit("/", 1)[-1]
        try:
            if path == "chain":
                model = Chain().eval().cuda()
            else:
                model = torch.jit.load(path, map_location="cuda").eval()
            took, handed = blocks(model, int(frames), float(seconds))
        except RuntimeError as error:
            # Exports name the processor in their code: those need what the shim does for them.
            print(f"      alone: {name}: {str(error).strip().splitlines()[-1]}")
            continue
        longer = int((took > int(frames) / RATE_HZ * 1e3).sum())
        p50, p99 = (float(took.quantile(q)) for q in (0.5, 0.99))
        print(
            f"      alone: {name} {frames}: {longer} of {len(took)} blocks longer than a buffer;"
            f" median {p50:.2f}, p99 {p99:.2f}, longest {float(took.max()):.2f} ms"
            f" ({float(handed[took.argmax()]):.2f} of it the processor's)",
            flush=True,
        )


main()
