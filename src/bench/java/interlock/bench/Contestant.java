package interlock.bench;

/** Something that drains plans. */
interface Contestant extends AutoCloseable {
    /** {@return what it is called in results} */
    String name();

    /** Stores a plan of that form, and measures how it is drained: the storing does not count. */
    Drained drain(Workload workload);

    /** {@return how many plans it drains before it is as fast as it gets} */
    default int warmUps() {
        return 60;
    }

    @Override
    void close();
}
