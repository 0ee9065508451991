package interlock.applier;

import interlock.model.Summarised;

/**
 * The stored plans, as an applier sees them: the one port between the loop and the database. Each call is a transaction of
 * its own. Used by one thread per applier, but for {@link #renew}.
 */
public interface PlanGraph {
    /**
     * Makes an applier known, and gives it a lease.
     *
     * @return its id, new each time
     * @throws GraphUnavailable when the database is out of reach
     */
    String register();

    /**
     * Renews an applier's lease, whatever else is being changed meanwhile. May be called by any thread.
     *
     * @throws GraphUnavailable when the database is out of reach
     * @throws LeaseLost when another applier has taken this one for dead
     */
    void renew(String applier);

    /**
     * Advances the plans: stores how attempts ended and all that follows from it, and claims what is ready. One
     * transaction, alone among all advances and changes of state. It may be tried several times before it is committed.
     *
     * @throws GraphUnavailable when the database is out of reach; whether the advance was stored is then unknown
     * @throws LeaseLost when another applier has taken this one for dead; nothing is stored then
     * @throws AdvanceTooLarge when it took too long, and not because others had the gate
     */
    AdvanceResult advance(AdvanceRequest request, ResultJudge judge);

    /**
     * {@return whether an advance of this applier would find anything to do} Looks, and changes nothing.
     *
     * @throws GraphUnavailable when the database is out of reach
     */
    boolean hasWork(String applier);

    /**
     * Ends an applier's membership, after its last advance.
     *
     * @throws GraphUnavailable when the database is out of reach
     */
    void leave(String applier);

    /** The database cannot be reached, or did not answer. */
    class GraphUnavailable extends RuntimeException implements Summarised {
        private static final long serialVersionUID = 1;

        /** Says why. */
        public GraphUnavailable(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public String summary() {
            return String.valueOf(getMessage());
        }
    }

    /** The database ended a transaction that took longer than it may; nothing of it is stored. */
    final class TransactionTimedOut extends GraphUnavailable {
        private static final long serialVersionUID = 1;

        /** Says why. */
        public TransactionTimedOut(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** An advance that had the gate to itself took longer than it may; nothing of it is stored. A smaller one may not. */
    final class AdvanceTooLarge extends RuntimeException implements Summarised {
        private static final long serialVersionUID = 1;

        /** Says why. */
        public AdvanceTooLarge(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public String summary() {
            return String.valueOf(getMessage());
        }
    }

    /** The database is there, but cannot store a value as it stands, such as a key that is too long for an index. */
    final class UnstorableValue extends RuntimeException implements Summarised {
        private static final long serialVersionUID = 1;

        /** Says why. The message does not hold the value. */
        public UnstorableValue(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public String summary() {
            return String.valueOf(getMessage());
        }
    }

    /** Another applier has taken this one for dead and its actions back. */
    final class LeaseLost extends RuntimeException {
        private static final long serialVersionUID = 1;

        /** Names the applier. */
        public LeaseLost(String applier) {
            super("the lease of applier %s ran out; its actions were taken back".formatted(applier));
        }
    }
}
