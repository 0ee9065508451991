package interlock.action;

import interlock.api.Execution;
import java.util.UUID;

/** The first attempt of an action that stands alone: what a test does not say of it. */
public interface LoneAttempt extends Execution {
    @Override
    default UUID action() {
        return new UUID(0, 1);
    }

    @Override
    default UUID plan() {
        return new UUID(0, 2);
    }

    @Override
    default String planName() {
        return "";
    }

    @Override
    default int attempt() {
        return failures() + 1;
    }

    @Override
    default int failures() {
        return 0;
    }

    @Override
    default System.Logger logger() {
        return System.getLogger("test");
    }

    @Override
    default void updateProgress(double progress) {}

    @Override
    default void addRequestId(String requestId) {}
}
