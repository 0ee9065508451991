package interlock.applier;

import interlock.model.Summarised;

/**
 * The stored plans as appliers see them: the one port between the loop and the database. Each call is a transaction of
 * its own. One thread per applier uses it, except for {@link #renew}.
 */
public interface PlanGraph {
    /**
     * Registers an applier and gives it a lease.
     *
     * @return its id, which is never reused
     * @throws GraphUnavailable when the database is unavailable
     */
    String register();

    /**
     * Renews an applier's lease, independently of concurrent changes. Any thread may call it.
     *
     * @throws GraphUnavailable when the database is unavailable
     * @throws LeaseLost when another applier has declared this one lost
     */
    void renew(String applier);

    /**
     * Advances the plans: stores outcomes and their consequences, and claims ready actions. One transaction, serialised
     * with all other advances and state changes. It may be retried several times until it commits.
     *
     * @throws GraphUnavailable when the database is unavailable; it is then unknown whether the advance was stored
     * @throws LeaseLost when another applier has declared this one lost; nothing is stored
     * @throws AdvanceTooLarge when it took too long by itself, not because others held the gate; nothing is stored
     */
    AdvanceResult advance(AdvanceRequest request, ResultJudge judge);

    /**
     * {@return whether an advance of this applier would find work} Read-only.
     *
     * @throws GraphUnavailable when the database is unavailable
     */
    boolean hasWork(String applier);

    /**
     * Ends an applier's membership, after its last advance.
     *
     * @throws GraphUnavailable when the database is unavailable
     */
    void leave(String applier);

    /** The database cannot be reached, or did not answer. */
    class GraphUnavailable extends RuntimeException implements Summarised {
        private static final long serialVersionUID = 1;

        public GraphUnavailable(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public String summary() {
            return String.valueOf(getMessage());
        }
    }

    /** The database ended a transaction that exceeded its time-out; nothing of it is stored. */
    final class TransactionTimedOut extends GraphUnavailable {
        private static final long serialVersionUID = 1;

        public TransactionTimedOut(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** An advance that held the gate exceeded its time-out; nothing of it is stored. A smaller one may succeed. */
    final class AdvanceTooLarge extends RuntimeException implements Summarised {
        private static final long serialVersionUID = 1;

        public AdvanceTooLarge(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public String summary() {
            return String.valueOf(getMessage());
        }
    }

    /** The database rejects a value, such as a key that is too long for an index. */
    final class UnstorableValue extends RuntimeException implements Summarised {
        private static final long serialVersionUID = 1;

        /** The message must not contain the value. */
        public UnstorableValue(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public String summary() {
            return String.valueOf(getMessage());
        }
    }

    /** Another applier has declared this one lost and taken back its actions. */
    final class LeaseLost extends RuntimeException {
        private static final long serialVersionUID = 1;

        public LeaseLost(String applier) {
            super("the lease of applier %s ran out; its actions were taken back".formatted(applier));
        }
    }
}
