package interlock.api;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of an attempt, as its action type reports it. The factories accept a null message and store an empty one;
 * the constructors reject null. ABORTED and lost attempts are recorded by the engine, not by action types.
 */
public sealed interface Result {
    /**
     * The action did its work.
     *
     * @param message details for people; may be empty
     */
    record Succeeded(String message) implements Result {
        public Succeeded {
            present(message, "Result.Succeeded needs a message; it may be empty");
        }
    }

    /**
     * There was nothing to do.
     *
     * @param reason why there was nothing to do, for people; may be empty
     */
    record Skipped(String reason) implements Result {
        public Skipped {
            present(reason, "Result.Skipped needs a reason; it may be empty");
        }
    }

    /**
     * The attempt failed.
     *
     * @param failure the reason, and whether another attempt may succeed
     */
    record Failed(Failure failure) implements Result {
        public Failed {
            present(failure, "Result.Failed needs a failure");
        }
    }

    /** {@return the details for people; may be empty} */
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

    /** {@return a success; a null message is stored as empty} */
    static Result succeeded(@Nullable String message) {
        return new Succeeded(message == null ? "" : message);
    }

    /** {@return a skip; a null reason is stored as empty} */
    static Result skipped(@Nullable String reason) {
        return new Skipped(reason == null ? "" : reason);
    }

    /**
     * {@return a failure}
     *
     * @throws IllegalArgumentException if {@code failure} is null
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
