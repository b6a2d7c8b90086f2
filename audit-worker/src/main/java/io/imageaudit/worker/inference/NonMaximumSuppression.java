package io.imageaudit.worker.inference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Keeps the surest of the boxes that overlap too much to be two things. Pure. */
final class NonMaximumSuppression {

  private static final int MOST_CANDIDATES = 3000;

  /** Boxes of one picture that are worth keeping. */
  static final int MOST_KEPT = 300;

  private final double iou;
  private final boolean agnostic;

  NonMaximumSuppression(double iou, boolean agnostic) {
    this.iou = iou;
    this.agnostic = agnostic;
  }

  List<Candidate> keep(List<Candidate> candidates) {
    List<Candidate> surest =
        candidates.stream()
            .sorted(Comparator.comparingDouble(Candidate::score).reversed())
            .limit(MOST_CANDIDATES)
            .toList();
    List<Candidate> kept = new ArrayList<>();
    for (Candidate candidate : surest) {
      if (kept.size() < MOST_KEPT && kept.stream().noneMatch(better -> same(better, candidate))) {
        kept.add(candidate);
      }
    }
    return kept;
  }

  private boolean same(Candidate one, Candidate other) {
    return (agnostic || one.label() == other.label()) && one.overlap(other) > iou;
  }
}
