package interlock.applier;

import interlock.api.ActionType;
import interlock.api.Execution;
import interlock.api.Result;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** An action type that does what a test tells it, by the action's {@code name} parameter; nothing, if not told. */
public final class ScriptedType implements ActionType {
    /** The result of a script for {@code reconcile NAME} if the work was not done. */
    public static final Result NOT_DONE = Result.skipped("not done");

    private final Map<String, Callable<Result>> script = new HashMap<>();
    private final List<String> ran = new ArrayList<>();
    private boolean idempotent = true;

    /** Sets the behaviour of the action with that name. */
    public void on(String name, Callable<Result> work) {
        script.put(name, work);
    }

    /** Actions may not be repeated without knowing how far they came. */
    public void notIdempotent() {
        idempotent = false;
    }

    /** {@return the names of the actions that ran, in order} */
    public synchronized List<String> ran() {
        return List.copyOf(ran);
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public String description() {
        return "Does what a test tells it.";
    }

    @Override
    public String parametersSchema() {
        return "{}";
    }

    @Override
    public boolean idempotent(Map<String, Object> inputParameters) {
        return idempotent;
    }

    @Override
    public Result execute(Execution execution) throws Exception {
        if (execution.inputParameters().get("progress") instanceof Number progress) {
            execution.updateProgress(progress.doubleValue());
            execution.addRequestId("req-" + execution.attempt());
        }
        return run(String.valueOf(execution.inputParameters().get("name")));
    }

    @Override
    public boolean abort(Execution execution) {
        return String.valueOf(execution.inputParameters().get("name")).hashCode() % 2 == 0;
    }

    @Override
    public Result revert(Execution execution) throws Exception {
        return run("revert " + execution.inputParameters().get("name"));
    }

    @Override
    public boolean reconciles(Map<String, Object> inputParameters) {
        return script.containsKey("reconcile " + inputParameters.get("name"));
    }

    @Override
    public Optional<Result> reconcile(Execution execution) throws Exception {
        String name = "reconcile " + execution.inputParameters().get("name");
        return script.containsKey(name)
                ? Optional.of(run(name)).filter(outcome -> !outcome.equals(NOT_DONE))
                : Optional.empty();
    }

    private Result run(String name) throws Exception {
        synchronized (this) {
            ran.add(name);
        }
        Callable<Result> work = script.get(name);
        return work == null ? Result.succeeded() : work.call();
    }
}
