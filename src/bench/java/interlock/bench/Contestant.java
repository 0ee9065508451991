package interlock.bench;

/** A system that drains plans. */
interface Contestant extends AutoCloseable {
    /** {@return its name in results} */
    String name();

    /** Stores a plan of the given form, then measures how long it takes to drain it. */
    Drained drain(Workload workload);

    /** {@return how many plans it drains before it reaches its full speed} */
    default int warmUps() {
        return 60;
    }

    @Override
    void close();
}
