package interlock.cli;

import java.io.PrintWriter;

/** Shows only messages that are not about the plan. */
record QuietDisplay(PrintWriter err) implements Display {
    @Override
    public void began(Progress progress) {}

    @Override
    public void changed(PlanEvents.Event event, Progress progress) {}

    @Override
    public void note(String text) {
        err.println("interlock: " + text);
        err.flush();
    }
}
