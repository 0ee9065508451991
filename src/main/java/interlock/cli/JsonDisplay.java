package interlock.cli;

import java.io.PrintWriter;

/** Prints the events as the service sends them, one per line. */
final class JsonDisplay implements Display {
    private final PrintWriter out;
    private final PrintWriter err;

    JsonDisplay(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public void began(Progress progress) {
        // Only changes from now on are shown.
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
