"""What `check.py` asks of the models of `sized.py`."""

import torch


def works(method, frames: int) -> bool:
    try:
        method(torch.zeros(1, 1, frames))
    except Exception:
        return False
    return True


def announced(load) -> None:
    model = load()
    assert model.get_methods() == ["forward", "dummy_method"] and not hasattr(model, "dummy_method")
    assert [works(model.forward, frames) for frames in (1, 2, 4, 8)] == [False, False, True, True]


def chunked(load) -> None:
    model = load()
    assert [works(model.forward, frames) for frames in (2048, 4096, 8192)] == [False, True, False]
    assert model.answers(torch.zeros(1, 1, 512)).size(2) == 2048 and works(model.free, 64)


def windowed(load) -> None:
    model = load()
    assert [works(model.encode, frames) for frames in (256, 1024, 1536, 2048)] == [False, False, True, True]
    assert [works(model.short, frames) for frames in (64, 512, 1024)] == [True, True, False]
    assert [works(model.silent, frames) for frames in (512, 1024)] == [False, True]


def unstreamed(load) -> None:
    model, x = load(), torch.ones(1, 1, 256)
    assert abs(model(x)[0, 0, 128] - 1.0) < 1e-5 and model(x)[0, 0, 0] < 0.6
    assert model.calls.item() == 2.0 and model.reset == (False,)


def masked(load) -> None:
    y = load()(torch.ones(1, 1, 4096))
    assert 0.4 < y.mean() < 0.6 and y.std() > 0.2


def overlapping(load) -> None:
    model = load()
    assert [works(model, 512) for _ in range(2)] == [True, False]
    model = load()
    assert [works(model, 1536) for _ in range(3)] == [True, True, True]


def needing(load) -> None:
    model = load()
    assert not works(model.forward, 2048)
    model.set_buffer_attribute("buf#0", torch.ones(1, 4096), 44100)
    assert works(model.forward, 2048) and not works(model.forward, 1024)
    x = torch.tensor([[[0.5, 0.5], [3.0, 0.0]]])
    assert torch.equal(model.classes(x), torch.tensor([[[0.4, 0.1]]]))
    assert torch.equal(model.tokens(x[:, 1:]), torch.tensor([[[0.4, 0.1]]]))


CHECKS = {check.__name__: check for check in (announced, chunked, windowed, unstreamed, masked, overlapping, needing)}
