package interlock.cli;

import java.io.PrintWriter;

/** The events as the service sends them, each on a line. */
final class JsonDisplay implements Display {
    private final PrintWriter out;
    private final PrintWriter err;

    JsonDisplay(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public void began(Progress progress) {
        // Only what changes from now on is shown.
    }

    @Override
    public void changed(PlanEvents.Event event, Progress progress) {
        out.println(event.data());
        out.flush();
    }

    @Override
    public void note(String text) {
        err.println("interlock: " + text);
        err.flush();
    }
}
