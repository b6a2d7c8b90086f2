"""Generator of synthetic e-commerce product pictures with known violations.

Every picture is drawn from a seeded ``numpy.random.Generator``; nothing is
downloaded and no photograph of anything or anyone is involved.
"""

LABELS = ("promo_text", "qr_code", "watermark", "skin_exposure")
