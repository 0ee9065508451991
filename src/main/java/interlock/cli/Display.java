package interlock.cli;

/** Shows the progress of a plan. */
interface Display {
    /** Called once, before the first change. */
    void began(Progress progress);

    /** Called after a change; {@code progress} includes it. */
    void changed(PlanEvents.Event event, Progress progress);

    /** Called periodically while nothing changes. */
    default void waited(Progress progress) {}

    /** {@return whether it shows when the plan is expected to end} */
    default boolean showsForecast() {
        return false;
    }

    /** Shows a message that is not about the plan, such as a lost connection. */
    void note(String text);

    /** Called once, after the plan has ended. */
    default void ended(Progress progress) {}
}
