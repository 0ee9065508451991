package interlock.cli;

/** Shows how a plan gets on. */
interface Display {
    /** The plan is followed from here. */
    void began(Progress progress);

    /** Something has changed, and {@code progress} has it in. */
    void changed(PlanEvents.Event event, Progress progress);

    /** Time has passed. */
    default void waited(Progress progress) {}

    /** Something is to be said that is not about the plan. */
    void note(String text);

    /** The plan has ended. */
    default void ended(Progress progress) {}
}
