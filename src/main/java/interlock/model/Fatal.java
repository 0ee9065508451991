package interlock.model;

/** Tells what ends the process from what one action may fail with. */
public final class Fatal {
    private Fatal() {}

    /** Throws an error on of which nobody can say what else it has broken. A stack that overflowed has broken nothing. */
    public static void rethrow(Throwable thrown) {
        if (thrown instanceof VirtualMachineError error && !(error instanceof StackOverflowError)) {
            throw error;
        }
    }
}
