import torch


class Effect:
    drive = 4.0

    def __init__(self):
        torch.manual_seed(0)
        self.cell = torch.nn.GRU(1, 8, batch_first=True)
        self.out = torch.nn.Linear(8, 1)
        self.state = None

    @torch.no_grad()
    def process_torch(self, midi, audio):
        hidden, self.state = self.cell(self.drive * audio.unsqueeze(-1), self.state)
        return midi, self.out(hidden).squeeze(-1)
