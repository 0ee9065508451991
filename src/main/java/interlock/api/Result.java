package interlock.api;

import org.jspecify.annotations.Nullable;

/**
 * What an action type says of an attempt that has come to its own end. The factories take null for a message and store
 * an empty one; the constructors refuse it. That an attempt was aborted or lost is for the engine to say.
 */
public sealed interface Result {
    /**
     * The action did its work.
     *
     * @param message details for a person, or empty
     */
    record Succeeded(String message) implements Result {
        /** Refuses null. */
        public Succeeded {
            present(message, "Result.Succeeded needs a message; it may be empty");
        }
    }

    /**
     * There was nothing to do.
     *
     * @param reason why not, for a person
     */
    record Skipped(String reason) implements Result {
        /** Refuses null. */
        public Skipped {
            present(reason, "Result.Skipped needs a reason; it may be empty");
        }
    }

    /**
     * The attempt failed.
     *
     * @param failure why, and whether another attempt may help
     */
    record Failed(Failure failure) implements Result {
        /** Refuses null. */
        public Failed {
            present(failure, "Result.Failed needs a failure");
        }
    }

    /** {@return the details for a person; may be empty} */
    default String message() {
        return switch (this) {
            case Succeeded(String message) -> message;
            case Skipped(String reason) -> reason;
            case Failed(Failure failure) -> failure.message();
        };
    }

    /** {@return a success without a message} */
    static Result succeeded() {
        return new Succeeded("");
    }

    /** {@return a success; null is no message} */
    static Result succeeded(@Nullable String message) {
        return new Succeeded(message == null ? "" : message);
    }

    /** {@return a skip; null is no reason} */
    static Result skipped(@Nullable String reason) {
        return new Skipped(reason == null ? "" : reason);
    }

    /**
     * {@return a failure}
     *
     * @throws IllegalArgumentException if it is null
     */
    static Result failed(Failure failure) {
        return new Failed(failure);
    }

    private static void present(@Nullable Object value, String otherwise) {
        if (value == null) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
