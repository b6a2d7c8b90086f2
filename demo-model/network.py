"""The demonstration network: plain convolutions and two global pools."""

import torch
from torch import nn

CHANNELS = ((16, 2), (32, 2), (32, 1), (64, 2), (64, 1), (128, 2), (128, 1))


class DemoNetwork(nn.Module):
    """RGB in 0..1 -> one logit per label.

    Average pooling sees what fills the picture (skin, a tiled watermark); max
    pooling sees what is in one place only (a small QR code).
    """

    def __init__(self, label_count):
        super().__init__()
        layers, width = [], 3
        for channels, stride in CHANNELS:
            layers += [nn.Conv2d(width, channels, 3, stride, 1, bias=False),
                       nn.BatchNorm2d(channels), nn.ReLU()]
            width = channels
        self.features = nn.Sequential(*layers)
        self.average, self.maximum = nn.AdaptiveAvgPool2d(1), nn.AdaptiveMaxPool2d(1)
        self.classify = nn.Sequential(nn.Dropout(0.1),
                                      nn.Linear(2 * width, label_count))

    def forward(self, image):
        seen = self.features(image * 4 - 2)
        pooled = torch.cat([self.average(seen), self.maximum(seen)], 1)
        return self.classify(pooled.flatten(1))


class Scorer(nn.Module):
    """The exported graph: the network followed by a sigmoid."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, image):
        return torch.sigmoid(self.network(image))
