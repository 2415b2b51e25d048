# SPDX-License-Identifier: Apache-2.0
"""PyTorch in single precision on a CUDA device: the peer of bench/opencl. TF32 is off."""
import time

import torch
from torch import nn

torch.backends.cuda.matmul.allow_tf32 = False
torch.backends.cudnn.allow_tf32 = False
device = torch.device("cuda")


def seconds(work, least=1.0):
    for _ in range(3):
        work()
    torch.cuda.synchronize()
    count, start = 0, time.perf_counter()
    while time.perf_counter() - start < least:
        work()
        torch.cuda.synchronize()
        count += 1
    return (time.perf_counter() - start) / count


def product(n):
    a = torch.rand(n, n, device=device)
    b = torch.rand(n, n, device=device)
    return 2 * n**3 / seconds(lambda: a @ b)


class Basnet(nn.Module):
    """Two branches of two convolutions, one filtered; widths as in BasnetStepBenchmark."""

    def __init__(self, width=2048, classes=10, hidden=512):
        super().__init__()
        self.filter = nn.Sequential(
            nn.Conv1d(width, hidden, 1), nn.LeakyReLU(0.2), nn.Conv1d(hidden, 1, 1), nn.Sigmoid()
        )
        self.embed = nn.Conv1d(width, width, 3, padding=1)
        self.classify = nn.Conv1d(width, classes + 1, 1)
        self.dropout = nn.Dropout(0.7)
        self.classes = classes

    def branch(self, x):
        cas = self.classify(self.dropout(torch.relu(self.embed(x))))
        k = max(1, x.shape[2] // 8)
        return torch.topk(cas, k, dim=2).values.mean(2).softmax(1)

    def forward(self, x):
        weight = self.filter(x)
        return self.branch(x), self.branch(x * weight), weight


def step():
    model = Basnet().to(device)
    adam = torch.optim.Adam(model.parameters(), lr=1e-4, weight_decay=5e-4, fused=True)
    x = torch.rand(16, 2048, 750, device=device)
    base = torch.zeros(16, 11, device=device)
    base[:, 0] = base[:, 10] = 0.5
    suppressed = torch.zeros(16, 11, device=device)
    suppressed[:, 0] = 1

    def once():
        first, second, weight = model(x)
        loss = -(base * first.log()).sum(1).mean() - (suppressed * second.log()).sum(1).mean()
        loss = loss + 1e-4 * weight.sum() / 16
        adam.zero_grad(set_to_none=True)
        loss.backward()
        adam.step()
        return loss.item()

    return 1 / seconds(once, 3.0)


print(f"| device | {torch.cuda.get_device_name()}, PyTorch {torch.__version__}, fp32, TF32 off |")
for n in (1024, 4096):
    print(f"| product {n} | {product(n) / 1e9:.0f} GFLOP/s |")
print(f"| BaS-Net 16x750x2048 | {step():.2f} steps/s |")
