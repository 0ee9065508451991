package interlock.openstack.action;

import interlock.api.ActionType;
import interlock.openstack.Clouds;
import java.util.List;

/** The action types that work on clouds. They are there without a cloud, too: plans can be made before there is one. */
public final class OpenStackTypes {
    private OpenStackTypes() {}

    /** {@return all of them, working on these clouds} */
    public static List<ActionType> on(Clouds clouds) {
        return List.of(
                new Migrate(clouds),
                new Resize(clouds),
                new SwitchInstance(clouds, PowerOfInstance.OFF),
                new SwitchInstance(clouds, PowerOfInstance.ON),
                new ChangeNovaServiceState(clouds),
                new ChangeNodePowerState(clouds),
                new VolumeMigrate(clouds));
    }
}
