/** Imports a driver, which is a dependency of whoever connects. Throws an error that says how to install it where it is not there. */
export async function driverModule<Module>(
  load: () => Promise<Module>,
  engine: string,
  packages: string,
): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw error;
    throw new Error(`${engine} needs its driver: npm install ${packages}`, { cause: error });
  }
}
