package interlock.simulator;

/** An error answer of a simulated service. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    Refusal(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    static Refusal notFound(String message) {
        return new Refusal(404, message);
    }

    static Refusal badRequest(String message) {
        return new Refusal(400, message);
    }

    int status() {
        return status;
    }

    /** {@return the member that contains Nova's and Cinder's error message} */
    String member() {
        return switch (status) {
            case 400 -> "badRequest";
            case 404 -> "itemNotFound";
            case 409 -> "conflictingRequest";
            default -> "computeFault";
        };
    }
}
