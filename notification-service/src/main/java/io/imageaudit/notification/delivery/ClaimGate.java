package io.imageaudit.notification.delivery;

/**
 * Says when this replica may claim. While the database is away the leases of what has been sent
 * already end, and whoever claims first when it is back sends it again: what came of it goes first.
 */
final class ClaimGate {

  /** Two renewals lie a while apart, in which the other replicas write what they have. */
  private static final int ROUNDS_AFTER_FAULT = 2;

  private final HeldClaims held;
  private final SettlementWriter settlements;
  private final int mostWaiting;

  private boolean inDoubt;
  private int roundsAtFault;

  /**
   * Makes a gate, used by one thread.
   *
   * @param mostWaiting how many attempts may wait to be written while others are claimed
   */
  ClaimGate(HeldClaims held, SettlementWriter settlements, int mostWaiting) {
    this.held = held;
    this.settlements = settlements;
    this.mostWaiting = mostWaiting;
  }

  /** The database did not answer. */
  void claimFailed() {
    inDoubt = true;
    roundsAtFault = held.rounds();
  }

  boolean isOpen() {
    return held.areRenewed()
        && !settlements.isFailing()
        && settlements.waiting() <= mostWaiting
        && !isInDoubt();
  }

  private boolean isInDoubt() {
    if (inDoubt) {
      inDoubt = settlements.waiting() > 0 || held.rounds() - roundsAtFault < ROUNDS_AFTER_FAULT;
    }
    return inDoubt;
  }
}
