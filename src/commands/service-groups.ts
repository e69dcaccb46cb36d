import type { SettingGroup } from '../core/config/setting-table.ts';
import type { StageName } from '../core/domain/events/channels.ts';

/** The four services of the pipeline differ in what they read, hence in the settings that concern them. */
const GROUPS: Readonly<Record<StageName, readonly SettingGroup[]>> = {
  screen: ['Services', 'Run', 'Replay', 'Strategies', 'Data', 'Market', 'Risk', 'Fills'],
  mse: ['Services', 'Strategies', 'Market', 'Risk', 'Fills'],
  risk: ['Services', 'Strategies', 'Market', 'Risk', 'Fills'],
  exec: ['Services', 'Strategies', 'Market', 'Risk', 'Fills'],
};

export function groupsOf(name: StageName): readonly SettingGroup[] {
  return GROUPS[name];
}
