package io.imageaudit.benchmark;

/** One measurement with its peer or its limit. */
public interface Benchmark {

  /** The word by which the command line names it. */
  String name();

  /** What it answers, in one sentence. */
  String question();

  /**
   * Measures, in rounds that alternate with the peer, and says what came out.
   *
   * @throws Exception when it cannot be measured; the command ends with this
   */
  Table measure(Bench bench) throws Exception;
}
