/* Every element of a kind below root (root included), each only once. */
export function fresh(root, selector, mark) {
  const found = [...root.querySelectorAll(selector)];
  if (root.matches && root.matches(selector)) found.unshift(root);
  const key = `seen${mark}`;
  return found.filter((one) => {
    if (one.dataset[key]) return false;
    one.dataset[key] = "1";
    return true;
  });
}
