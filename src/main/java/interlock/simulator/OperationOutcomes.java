package interlock.simulator;

import interlock.simulator.CloudState.Instance;
import interlock.simulator.CloudState.Machine;
import interlock.simulator.CloudState.Migration;
import interlock.simulator.CloudState.Volume;
import interlock.simulator.CloudState.Work;

/** Applies the outcome of a finished operation: the requested change, the previous state, or an error state. */
record OperationOutcomes(CloudState state) {
    void end(Work work) {
        boolean failed = !work.failure().isEmpty();
        if (failed) {
            state.failed(work);
        }
        switch (work.operation()) {
            case LIVE_MIGRATION, COLD_MIGRATION, RESIZE -> endMove(work, failed);
            case CONFIRM_RESIZE -> endConfirmation(work, failed);
            case STOP -> endPowerChange(work, failed, "SHUTOFF");
            case START -> endPowerChange(work, failed, "ACTIVE");
            case POWER -> endSwitching(work, failed);
            case VOLUME_MIGRATION, RETYPE -> endVolume(work, failed);
        }
    }

    private Instance instance(Work work) {
        return java.util.Objects.requireNonNull(state.instances().get(work.thing()));
    }

    private Migration migration(Work work) {
        return state.lastMigration(work.thing()).orElseThrow();
    }

    /** A cold-migrated instance waits at its new host for the confirmation. */
    private void endMove(Work work, boolean failed) {
        Instance instance = instance(work);
        Migration migration = migration(work);
        boolean live = work.operation() == Operation.LIVE_MIGRATION;
        if (failed) {
            state.put(migration.is(live && !work.breaks() ? "failed" : "error"));
            state.put(work.breaks() ? instance.broken(work.failure()) : instance);
        } else if (live) {
            state.put(migration.is("completed"));
            state.put(instance.at(migration.destination()));
        } else {
            Instance moved = instance.at(migration.destination()).is("VERIFY_RESIZE");
            state.put(migration.is("finished"));
            state.put(work.operation() == Operation.RESIZE ? moved.sized(work.what()) : moved);
        }
    }

    private void endConfirmation(Work work, boolean failed) {
        Migration migration = migration(work);
        state.put(migration.is(failed ? "error" : "confirmed"));
        state.put(
                failed ? instance(work).broken(work.failure()) : instance(work).is(migration.former()));
    }

    private void endPowerChange(Work work, boolean failed, String status) {
        Instance instance = instance(work);
        if (!failed) {
            state.put(instance.is(status));
        } else if (work.breaks()) {
            state.put(instance.broken(work.failure()));
        }
    }

    private void endSwitching(Work work, boolean failed) {
        Machine machine = java.util.Objects.requireNonNull(state.machines().get(work.thing()));
        state.put(
                failed
                        ? machine.failed(work.failure())
                        : machine.switched(work.what().equals("power on")));
    }

    private void endVolume(Work work, boolean failed) {
        Volume volume = java.util.Objects.requireNonNull(state.volumes().get(work.thing()));
        if (failed) {
            state.put(work.breaks() ? volume.broken() : volume.in(volume.pool(), "error"));
            return;
        }
        Volume moved = volume.in(work.where(), work.where().equals(volume.pool()) ? volume.migration() : "success");
        state.put(work.operation() == Operation.RETYPE ? moved.of(work.what()) : moved);
    }
}
