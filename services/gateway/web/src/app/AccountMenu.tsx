/** Account menu: theme, language, shortcuts, settings, sign out. */
import { ActionIcon, Avatar, Menu, Text, useMantineColorScheme } from "@mantine/core";
import { IconCheck, IconDeviceDesktop, IconKeyboard, IconLogout, IconMoon, IconSettings, IconSun, IconUser } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { signOut, useSession } from "../api/session";
import { LANGUAGES, type Language, setLanguage } from "../i18n";
import { knownClient } from "../labeling/client";
import { forgetTabs } from "../labeling/closed-tabs";
import { heldPages } from "../labeling/place";
import { openShortcuts } from "./shortcuts";

const SCHEMES = [
  { value: "light", text: "menu.light", Icon: IconSun },
  { value: "dark", text: "menu.dark", Icon: IconMoon },
  { value: "auto", text: "menu.system", Icon: IconDeviceDesktop },
] as const;

export function AccountMenu() {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const session = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  if (!session) return null;
  const leave = async () => {
    await signOut({ client: knownClient(), pages: heldPages() }).catch(() => undefined);
    forgetTabs();
    window.location.assign("/sign-in");
  };
  const checked = (on: boolean) => (on ? <IconCheck size={14} /> : undefined);
  return (
    <Menu position="bottom-end" width={230} shadow="md" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon variant="transparent" size={34} radius="xl" aria-label={t("menu.account", { name: session.user.name })}>
          <Avatar color="indigo" size={32} radius="xl"><IconUser size={18} aria-hidden /></Avatar>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)" truncate>{session.user.name}</Text>
          <Text size="xs" truncate>{session.user.email}</Text>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Label>{t("menu.theme")}</Menu.Label>
        {SCHEMES.map(({ value, text, Icon }) => (
          <Menu.Item key={value} leftSection={<Icon size={16} />} rightSection={checked(colorScheme === value)} onClick={() => setColorScheme(value)} closeMenuOnClick={false}>
            {t(text)}
          </Menu.Item>
        ))}
        <Menu.Label>{t("menu.language")}</Menu.Label>
        {(Object.keys(LANGUAGES) as Language[]).map((language) => (
          <Menu.Item key={language} rightSection={checked(i18n.resolvedLanguage === language)} onClick={() => setLanguage(language)}>{LANGUAGES[language]}</Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconSettings size={16} />} onClick={() => void navigate("/settings")}>{t("menu.settings")}</Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} />} rightSection={<Text size="xs" c="dimmed">{t("shortcuts.keys.help")}</Text>} onClick={openShortcuts}>{t("menu.shortcuts")}</Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void leave()}>{t("menu.signOut")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
