package interlock.model;

import interlock.api.Failure;
import java.util.Objects;

/** How an attempt ended: what its type said, or what the engine knows of an attempt that did not come to its own end. */
public sealed interface Outcome {
    /**
     * The action did its work.
     *
     * @param message what it has to say of it, or empty
     */
    record Succeeded(String message) implements Outcome {
        /** Refuses null. */
        public Succeeded {
            Objects.requireNonNull(message);
        }
    }

    /**
     * The action found that there was nothing to do.
     *
     * @param message why not
     */
    record Skipped(String message) implements Outcome {
        /** Refuses null. */
        public Skipped {
            Objects.requireNonNull(message);
        }
    }

    /**
     * The action failed.
     *
     * @param failure why
     */
    record Failed(Failure failure) implements Outcome {
        /** Refuses null. */
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
     * @param message why
     */
    record Aborted(String message) implements Outcome {
        /** Refuses null. */
        public Aborted {
            Objects.requireNonNull(message);
        }
    }

    /**
     * The attempt was cut short, and nobody knows how far it came: its applier died or was stopped.
     *
     * @param message what happened to it
     * @param repeatable whether the action may be run again without knowing
     */
    record Lost(String message, boolean repeatable) implements Outcome {
        /** Refuses null. */
        public Lost {
            Objects.requireNonNull(message);
        }
    }

    /** {@return what there is to say of it, for a person to read; may be empty} */
    String message();

    /** {@return an action's success with nothing to add} */
    static Outcome succeeded() {
        return new Succeeded("");
    }

    /** {@return the word that an attempt keeps of this} */
    default String word() {
        return switch (this) {
            case Succeeded _ -> "SUCCEEDED";
            case Skipped _ -> "SKIPPED";
            case Failed _ -> "FAILED";
            case Aborted _ -> "ABORTED";
            case Lost _ -> "LOST";
        };
    }
}
