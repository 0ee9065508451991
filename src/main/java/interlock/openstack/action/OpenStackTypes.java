package interlock.openstack.action;

import interlock.api.ActionType;
import interlock.openstack.Clouds;
import java.util.List;

/**
 * The OpenStack action types. They are installed even if no cloud is configured, so that plans can be created in
 * advance.
 */
public final class OpenStackTypes {
    private OpenStackTypes() {}

    /** {@return all action types, for these clouds} */
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
