package interlock.model;

import interlock.api.Failure;
import java.util.Objects;

/**
 * The outcome of an attempt: the result of its action type, or what the engine recorded for an attempt that did not end
 * by itself.
 */
public sealed interface Outcome {
    /**
     * The action did its work.
     *
     * @param message details for people, or empty
     */
    record Succeeded(String message) implements Outcome {
        public Succeeded {
            Objects.requireNonNull(message);
        }
    }

    /**
     * The action found nothing to do.
     *
     * @param message the reason
     */
    record Skipped(String message) implements Outcome {
        public Skipped {
            Objects.requireNonNull(message);
        }
    }

    /**
     * The action failed.
     *
     * @param failure the reason
     */
    record Failed(Failure failure) implements Outcome {
        public Failed {
            Objects.requireNonNull(failure);
        }

        @Override
        public String message() {
            return failure.message();
        }
    }

    /**
     * The attempt was asked to abort, and did.
     *
     * @param message the reason
     */
    record Aborted(String message) implements Outcome {
        public Aborted {
            Objects.requireNonNull(message);
        }
    }

    /**
     * The attempt was interrupted with an unknown outcome: its applier died or was stopped.
     *
     * @param message what happened to the attempt
     * @param repeatable whether the action may run again although the outcome is unknown
     */
    record Lost(String message, boolean repeatable) implements Outcome {
        public Lost {
            Objects.requireNonNull(message);
        }
    }

    /** {@return details for people; may be empty} */
    String message();

    /** {@return a success without a message} */
    static Outcome succeeded() {
        return new Succeeded("");
    }

    /** {@return the kind of this outcome, which is stored with the attempt} */
    default AttemptOutcome kind() {
        return switch (this) {
            case Succeeded _ -> AttemptOutcome.SUCCEEDED;
            case Skipped _ -> AttemptOutcome.SKIPPED;
            case Failed _ -> AttemptOutcome.FAILED;
            case Aborted _ -> AttemptOutcome.ABORTED;
            case Lost _ -> AttemptOutcome.LOST;
        };
    }
}
