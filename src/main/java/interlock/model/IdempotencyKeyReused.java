package interlock.model;

/** An idempotency key came with another body than before, so that the request is not a repetition. */
public final class IdempotencyKeyReused extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The key was used for this plan. */
    public IdempotencyKeyReused(String key, String plan) {
        super(("The Idempotency-Key '%s' was used with another body: it created the plan %s. "
                        + "Repeat a request with the same body, or send a new one with a new key.")
                .formatted(key, plan));
    }
}
