package interlock.model;

/** Separates errors that must end the process from failures of a single action. */
public final class Fatal {
    private Fatal() {}

    /** Rethrows JVM errors after which the state of the process is undefined. A stack overflow is not one of them. */
    public static void rethrow(Throwable thrown) {
        if (thrown instanceof VirtualMachineError error && !(error instanceof StackOverflowError)) {
            throw error;
        }
    }
}
